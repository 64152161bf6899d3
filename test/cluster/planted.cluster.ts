import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import reference from '../../platform.config.ts';
import { compileConfig } from '../../src/compile.ts';
import { deck } from '../../src/rehearse/deck/index.ts';
import { imageIn } from '../../src/rehearse/image.ts';
import { makeImages } from '../../src/rehearse/images.ts';
import { factsOf, thisHost } from '../../src/rehearse/needs.ts';
import { takePlace } from '../../src/rehearse/place.ts';
import { installer, prepareValue } from '../../src/rehearse/prepare.ts';
import type { Prepared } from '../../src/rehearse/prepared.ts';
import { rehearse } from '../../src/rehearse/rehearse.ts';
import { isRed, type RehearsalResult } from '../../src/rehearse/result.ts';
import { toolsDirectory } from '../conformance/tools-directory.ts';

/** A fix that is taken back in apply.sh, and the misfortune that shows that it is not there. */
interface Planted {
  readonly what: string;
  readonly from: string | RegExp;
  readonly to: string;
  readonly misfortune: string;
  readonly line: RegExp;
}

const planted: readonly Planted[] = [
  {
    what: "Debian's nftables.service can be restarted",
    from: 'systemctl mask --quiet nftables',
    to: 'systemctl unmask --quiet nftables; systemctl enable --quiet nftables',
    misfortune: 'firewall-restarted',
    line: /packet filter's table is gone/,
  },
  {
    what: 'the packet filter is not loaded at boot',
    from: 'systemctl enable --quiet fjord-firewall',
    to: 'systemctl disable --quiet fjord-firewall',
    misfortune: 'reboot',
    line: /packet filter's table is gone|fjord-firewall.service is inactive/,
  },
  {
    what: 'systemd does not start nginx again',
    from: 'Restart=on-failure\nRestartSec=2\n',
    to: '',
    misfortune: 'kill-nginx',
    line: /nginx.service failed/,
  },
  {
    what: 'a restart of nginx closes its ports',
    from: /ExecStart=\nExecStart=\/usr\/local\/sbin\/fjord-nginx start\nExecStop=\nExecStop=-\/usr\/local\/sbin\/fjord-nginx stop\nKillMode=process\n/,
    to: '',
    misfortune: 'upgrade',
    line: /calls lost/,
  },
  {
    what: 'kernel settings are not set at boot',
    from: /\/etc\/sysctl\.d\/99-serverless\.conf/g,
    to: '/run/sysctl.d/99-serverless.conf',
    misfortune: 'reboot',
    line: /net\.core\.somaxconn is|vm\.\S+ is|fs\.\S+ is|net\.ipv4\.\S+ is/,
  },
  {
    what: 'nothing renews the certificates of K3s',
    from: 'systemctl enable --quiet --now fjord-drain fjord-maintain.timer',
    to: 'systemctl disable --quiet --now fjord-maintain.timer',
    misfortune: 'certificates-ending',
    line: /fjord-maintain.timer is inactive/,
  },
];

describe('a fix that is taken back shows in the table:', { timeout: 900_000 }, () => {
  const tools = toolsDirectory();
  const facts = factsOf(tools, process.env.PATH ?? '');
  const { platform } = compileConfig(reference, 'platform.config.ts');
  let healthy: Prepared;
  let place: ReturnType<typeof takePlace>;

  beforeAll(() => {
    if (!facts.isRoot || !existsSync(dirname(imageIn(tools).disk)) || facts.parts === undefined) {
      throw new Error('it needs root and what `fjord rehearse --prepare` makes');
    }
    const preparation = platform && prepareValue(reference, platform, thisHost(), 'platform.config.ts');
    if (preparation === undefined || !('prepared' in preparation))
      throw new Error('the reference does not compile');
    healthy = preparation.prepared;
    place = takePlace(tools);
    if (typeof place === 'number') throw new Error(`process ${place} rehearses`);
  });
  afterAll(() => {
    if (typeof place === 'object') place.leave();
  });

  async function withScript(to: Prepared, misfortune: string): Promise<RehearsalResult> {
    if (typeof place !== 'object' || facts.parts === undefined) throw new Error('not ready');
    const image = imageIn(tools);
    return rehearse({
      old: healthy,
      change: { to, rollout: [{ way: 'apply', node: 'oslo-1', what: ['the script'] }] },
      deck: deck.filter(({ name }) => name === misfortune),
      disk: image.disk,
      parts: facts.parts,
      images: makeImages([healthy], facts.parts, place.directory),
      internet: { mirror: image.mirror, installer, k3s: `${facts.parts}/bin/k3s` },
      directory: place.directory,
      tell: () => {},
      signal: new AbortController().signal,
    });
  }

  it.each(planted)('$what', async ({ from, to, misfortune, line }) => {
    const path = 'nodes/oslo-1/apply.sh';
    const script = healthy.texts.get(path) ?? '';
    const taken = script.replace(from, to);
    expect(taken).not.toBe(script);
    // A file whose meaning is the same would be left as it is.
    const other = taken.replaceAll(/^meaning=\w+$/gm, 'meaning=planted');
    const result = await withScript(
      { ...healthy, texts: new Map([...healthy.texts, [path, other]]) },
      misfortune,
    );
    const step = result.steps.find(({ name }) => name === misfortune);
    if (step === undefined) throw new Error(JSON.stringify(result.steps));
    expect(isRed(step)).toBe(true);
    const lines = [...step.notBack, step.losesNoCall && step.losses.lost > 0 ? 'calls lost' : ''];
    expect(lines.join('\n')).toMatch(line);
  });
});
