import { describe, expect, it } from 'vitest';
import { compileConfig } from '../../src/compile.ts';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { rolloutBetween } from '../../src/rollout/rollout.ts';
import { everyOption } from '../cases/every-option.ts';
import { gitops } from '../cases/gitops.ts';
import { cases } from '../cases/index.ts';
import { pro } from '../cases/pro.ts';
import { smallest } from '../cases/smallest.ts';
import { threeServers } from '../cases/three-servers.ts';

function textsOf(config: PlatformConfig): Map<string, string> {
  const { artifacts } = compileConfig(config, 'platform.config.ts');
  return new Map(artifacts.map(({ path, text }) => [path, text]));
}

/** Each step as `node way: what; what`. */
function rollout(before: PlatformConfig, after: PlatformConfig): string[] {
  const steps = rolloutBetween(textsOf(before), textsOf(after));
  if (steps === 'unknown') throw new Error('a dist could not be read');
  return steps.map(({ node, way, what }) => `${node ?? 'cluster'} ${way}: ${what.join('; ')}`);
}

const restricted = { 'pod-security.kubernetes.io/enforce': 'restricted' };
const [name = ''] = Object.keys(smallest.nodes);
const withNode = (node: PlatformConfig['nodes'][string]) => ({ ...smallest, nodes: { [name]: node } });

describe('what running machines need', () => {
  it.each(Object.entries(cases))('nothing, when nothing changed: %s', (_, config) => {
    expect(rollout(config, config)).toEqual([]);
  });

  it.each(Object.entries(cases))('nothing, when the config file is renamed: %s', (_, config) => {
    const { artifacts } = compileConfig(config, 'nordpay.json');
    const renamed = new Map(artifacts.map(({ path, text }) => [path, text]));
    expect(rolloutBetween(textsOf(config), renamed)).toEqual([]);
  });

  it('nothing, for a different order where order does not matter', () => {
    const names = ['b.example.no', 'a.example.no'];
    const other = { ...smallest, k3s: { tlsSan: [...names].reverse() } };
    expect(rollout({ ...smallest, k3s: { tlsSan: names } }, other)).toEqual([]);
  });

  it('a command on each machine, for a new name of the platform', () => {
    expect(rollout({ ...smallest, name: 'one' }, { ...smallest, name: 'two' })).toEqual([
      'cluster by-hand: the platform one → two: on each machine, before apply.sh, echo two >/var/lib/fjord/platform',
      `${name} apply: only the script itself changed`,
    ]);
  });

  it('a copy of what the user stores, before it is deleted', () => {
    const objects = [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'cache', labels: restricted } },
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'data', namespace: 'cache' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      },
    ];
    const manifests = [{ name: 'cache.yaml', objects }];
    const stored: PlatformConfig = { ...smallest, delivery: { mode: 'embedded', manifests } };
    expect(rollout(stored, smallest)).toEqual([
      'cluster by-hand: copy what Namespace cache stores first: it is deleted, with its data; copy what PersistentVolumeClaim cache/data stores first: it is deleted, with its data',
      expect.stringMatching(/ apply: writes .*fjord\.yaml$/),
    ]);
  });

  it('the keys that copies are sent with, and then that there are no more', () => {
    const { backups } = everyOption;
    const copied: PlatformConfig = { ...smallest, ...(backups && { backups }) };
    expect(rollout(smallest, copied)).toEqual([
      `${name} by-hand: put /etc/fjord/backup-s3 on the node, mode 0600, because copies are sent with it; put /etc/fjord/backup-ssh-key on the node, mode 0600, because copies are sent with it`,
      `${name} apply: installs age; writes /usr/local/sbin/fjord-backup; writes /usr/local/sbin/fjord-restore; writes /etc/systemd/system/fjord-backup.service; writes /etc/systemd/system/fjord-backup.timer`,
    ]);
    expect(rollout(copied, smallest)).toEqual([
      expect.stringMatching(
        / apply: removes .*fjord-backup\.timer; makes no more copies; those that are there stay$/,
      ),
    ]);
  });

  it('user and password of a registry, and K3s with them; and with a new machine, all that only it has', () => {
    const registries = {
      configs: { 'registry.example.no': { auth: 'file', ca: '/etc/fjord/ca.pem' } },
    } as const;
    const logged: PlatformConfig = { ...smallest, k3s: { ...smallest.k3s, registries } };
    expect(rollout(smallest, logged)).toEqual([
      `${name} by-hand: put /etc/fjord/ca.pem on the node, mode 0644, because it knows registry.example.no by it; put /etc/fjord/registries/registry.example.no on the node, mode 0600, because it logs in at registry.example.no`,
      `${name} apply: writes /etc/fjord/registries.yaml; restarts K3s`,
    ]);
    const { 'node-1': first, ...others } = { ...logged.nodes };
    expect(others).toEqual({});
    expect(rollout({ ...logged, nodes: { 'node-0': { ...first } } }, logged)).toContainEqual(
      `${name} make: fjord user-data ${name}, with /etc/fjord/ca.pem and /etc/fjord/registries/registry.example.no`,
    );
  });

  it('the files that alerts are sent with', () => {
    const { alerts } = everyOption;
    const told: PlatformConfig = { ...smallest, ...(alerts && { alerts }) };
    const put = (file: string) =>
      `put /etc/fjord/alerts/${file} on the node, mode 0600, because alerts are sent with it`;
    expect(rollout(smallest, told)).toEqual([
      `${name} by-hand: ${['dead-mans-switch', 'hook.url', 'mail.login', 'phone.url', 'team.url'].map(put).join('; ')}`,
      `${name} apply: writes /usr/local/sbin/fjord-watch; writes /etc/systemd/system/fjord-watch.service; writes /etc/systemd/system/fjord-watch.timer`,
    ]);
  });

  it('a restart of K3s for another proxy, and that it goes on without one', () => {
    const behind = (host: string) =>
      withNode({ ...smallest.nodes[name], proxy: { url: `http://${host}.corp.example:3128` } });
    expect(rollout(behind('old'), behind('new'))).toEqual([
      `${name} apply: writes /etc/apt/apt.conf.d/99fjord-proxy; writes /etc/fjord/proxy.env; writes /etc/rancher/k3s/proxy.env; restarts K3s`,
    ]);
    expect(rollout(behind('old'), smallest)).toEqual([
      expect.stringMatching(/ removes \/etc\/rancher\/k3s\/proxy\.env; .*restarts K3s$/),
    ]);
  });

  it('nothing, when there was no dist before', () => {
    expect(rolloutBetween(new Map(), textsOf(smallest))).toEqual([]);
    expect(rolloutBetween(new Map([['README.md', 'mine']]), textsOf(smallest))).toEqual([]);
  });

  it('is not known when the dist before cannot be read', () => {
    const broken = textsOf(smallest).set('stack.yaml', 'provider: [');
    expect(rolloutBetween(broken, textsOf(smallest))).toBe('unknown');
  });

  it('apply.sh, for settings, with the programs that it will restart', () => {
    const changed = {
      ...smallest,
      kernel: { sysctl: { 'vm.swappiness': 7 } },
      k3s: { tlsSan: ['k3s.example.no'] },
      gateway: { rateLimit: { rate: '7r/s' } },
    };
    expect(rollout(smallest, changed)).toEqual([
      `${name} apply: writes /etc/sysctl.d/99-serverless.conf; writes /etc/rancher/k3s/config.yaml; writes /etc/nginx/conf.d/openfaas.conf; restarts K3s; reloads nginx`,
    ]);
  });

  it('apply.sh, and a restart for a kernel setting that is no longer set', () => {
    const before = { ...smallest, kernel: { sysctl: { 'net.core.netdev_max_backlog': 5000 } } };
    expect(rollout(before, smallest)).toEqual([
      `${name} by-hand: restart the machine: until then net.core.netdev_max_backlog keep their old values`,
      `${name} apply: writes /etc/sysctl.d/99-serverless.conf`,
    ]);
  });

  it('apply.sh, for another K3s within the skew', () => {
    const before = { ...smallest, k3s: { version: 'v1.35.9+k3s1' } };
    expect(rollout(before, smallest)).toEqual([
      `${name} apply: writes /var/lib/rancher/k3s/server/manifests/fjord.yaml; K3s v1.35.9+k3s1 → v1.36.5+k3s1; restarts K3s`,
    ]);
  });

  it.each([
    ['v1.34.12+k3s1', 'v1.36.5+k3s1', 'compile and apply 1.35 first'],
    ['v1.36.5+k3s1', 'v1.35.9+k3s1', 'keep the newer version'],
  ])('work by hand, for K3s %s to %s', (from, to, instead) => {
    const [step] = rollout({ ...smallest, k3s: { version: from } }, { ...smallest, k3s: { version: to } });
    expect(step).toBe(
      `cluster by-hand: apply.sh will refuse K3s ${from} → ${to}, because it goes one minor version up at a time and never down: ${instead}`,
    );
  });

  it('a new machine, for another operating system or processor', () => {
    expect(rollout(withNode({ os: 'debian-12' }), withNode({ os: 'debian-13', arch: 'arm64' }))).toEqual([
      `${name} replace: os debian-12 → debian-13; arch amd64 → arm64`,
    ]);
  });

  it('a new machine or kubectl, for settings of the first join', () => {
    const labels = { 'example.no/disk': 'fast' };
    const steps = rollout(withNode({}), withNode({ labels, taints: ['a=b:PreferNoSchedule'] }));
    expect(steps[0]).toBe(
      `${name} replace: node-label (none) → example.no/disk=fast (or kubectl label); node-taint (none) → a=b:PreferNoSchedule (or kubectl taint)`,
    );
  });

  it('a new machine or work by hand, for logins', () => {
    const keys = [`ssh-ed25519 ${'A'.repeat(68)} ops@example.no`];
    expect(rollout(withNode({}), withNode({ ssh: { keys } }))[0]).toBe(
      `${name} replace: SSH users and their keys (or edit the users and their authorized_keys there)`,
    );
  });

  it("a new cluster, for the pods' and the Services' addresses", () => {
    const changed = { ...smallest, k3s: { clusterCidr: '10.52.0.0/16', serviceCidr: '10.53.0.0/16' } };
    expect(rollout(smallest, changed)).toEqual([
      'cluster new-cluster: cluster-cidr 10.42.0.0/16 → 10.52.0.0/16; service-cidr 10.43.0.0/16 → 10.53.0.0/16',
    ]);
  });

  it("work by hand, for a field that cannot be changed in place: the gateway's address", () => {
    const steps = rollout(smallest, { ...smallest, openfaas: { address: '10.43.0.90' } });
    expect(steps[0]).toMatch(
      /^cluster by-hand: kubectl --namespace openfaas delete service \S+ first: its spec\.clusterIP cannot be changed in place$/,
    );
  });

  it('work by hand, for Secrets, domains and files that do not exist yet', () => {
    const [fn = ''] = Object.keys(smallest.functions);
    const functions = {
      [fn]: {
        ...smallest.functions[fn],
        image: 'ghcr.io/openfaas/figlet:0.3.0',
        secrets: ['api-key'],
        http: { domains: ['pay.example.no'], auth: { passwordFile: '/etc/nginx/passwords' } },
      },
    };
    const said = rollout(smallest, { ...smallest, functions }).join('\n');
    expect(said).toContain('create the Secret openfaas-fn/api-key first');
    expect(said).toContain('point the DNS of pay.example.no at the nodes');
    expect(said).toContain(
      `${name} by-hand: put /etc/nginx/passwords on the node, mode 0640, because nginx lets callers`,
    );
  });

  it('a check by hand, when another tool follows the repository', () => {
    const git = { tool: 'argocd', repository: 'https://git.example.no/shop/platform.git' } as const;
    const said = rollout(gitops, { ...gitops, delivery: { mode: 'gitops', git } }).join('\n');
    expect(said).toContain('flux → argocd: remove flux first');
  });

  it('every machine, for another network between nodes', () => {
    const changed: PlatformConfig = {
      ...threeServers,
      k3s: { ...threeServers.k3s, flannelBackend: 'wireguard-native' },
    };
    const before: PlatformConfig = { ...changed, k3s: { ...changed.k3s, flannelBackend: 'vxlan' } };
    expect(rollout(before, changed)[0]).toMatch(
      /^cluster by-hand: flannel-backend .* → wireguard-native: run apply\.sh on all nodes, then restart every machine, servers first$/,
    );
  });

  it('a new machine, and the token that the first one was created without', () => {
    const one = withNode({ role: 'server', address: '10.0.0.1' });
    const two = {
      ...one,
      nodes: { ...one.nodes, 'agent-1': { role: 'agent', address: '10.0.0.2' } as const },
    };
    const steps = rollout(one, two);
    expect(steps).toContain('agent-1 make: fjord user-data agent-1');
    expect(steps).toContain(
      `${name} by-hand: write the agent token to /etc/rancher/k3s/agent-token, mode 0600, before apply.sh`,
    );
    expect(rollout(two, one)).toContain('agent-1 remove: kubectl drain agent-1; kubectl delete node agent-1');
  });

  it('only a push, for functions that Git delivers', () => {
    const functions = { ...gitops.functions, more: { image: 'ghcr.io/openfaas/figlet:0.3.0' } };
    const steps = rollout(gitops, { ...gitops, functions });
    expect(steps[0]).toBe('cluster push: the manifests');
    // nginx lets the new one through.
    expect(steps[1]).toMatch(/apply: writes \/etc\/nginx\/conf\.d\/openfaas\.conf; reloads nginx$/);
    expect(steps).toHaveLength(2);
  });

  it('a check by hand, when the delivery changes', () => {
    const embedded = { ...gitops, delivery: 'embedded' } as const;
    expect(rollout(embedded, gitops)[0]).toContain('K3s deletes the objects of the manifests');
    expect(rollout(gitops, embedded).join('\n')).toContain('remove flux first');
  });

  it('says how to delete objects that nothing deletes', () => {
    const steps = rollout(pro, { ...smallest, domain: pro.domain, nodes: pro.nodes, logs: pro.logs });
    expect(steps.join('\n')).toMatch(/kubectl --namespace openfaas-fn delete function \S+: K3s keeps/);
  });
});
