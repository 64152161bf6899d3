import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import reference from '../../platform.config.ts';
import { isRed, type StepResult } from '../../src/rehearse/result.ts';
import { preparedOf, Rehearsing } from './rehearsing.ts';

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
    misfortune: 'nginx-restarted',
    line: /port 443 of oslo-1 was closed to \d+ of \d+ connections/,
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
  const healthy = preparedOf(reference);
  let rehearsing: Rehearsing;
  beforeAll(() => {
    rehearsing = new Rehearsing();
  });
  afterAll(() => rehearsing.end());

  it.each(planted.map((one) => [one.what, one] as const))('%s', async (_, { from, to, misfortune, line }) => {
    const path = 'nodes/oslo-1/apply.sh';
    const script = healthy.texts.get(path) ?? '';
    const taken = script.replace(from, to);
    expect(taken).not.toBe(script);
    // A file whose meaning is the same would be left as it is.
    const other = taken.replaceAll(/^meaning=\w+$/gm, 'meaning=planted');
    const changed = { ...healthy, texts: new Map([...healthy.texts, [path, other]]) };
    const rollout = [{ way: 'apply', node: 'oslo-1', what: ['the script'] }] as const;
    const result = await rehearsing.run({
      old: healthy,
      change: { from: healthy, to: changed, rollout },
      only: [misfortune],
    });
    const step = result.steps.find(({ name }) => name === misfortune);
    if (step === undefined) throw new Error(JSON.stringify(result.steps));
    console.log(redLines(step).join('\n'));
    expect(isRed(step)).toBe(true);
    expect(redLines(step).join('\n')).toMatch(line);
  });
});

function redLines({ notBack, losesNoCall, losses }: StepResult): string[] {
  return [...notBack, ...(losesNoCall && losses.lost > 0 ? [`${losses.lost} calls lost`] : [])];
}
