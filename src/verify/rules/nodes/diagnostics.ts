import { define } from '../../../diagnostics/definition.ts';
import { compileAgain } from '../../compile-again.ts';

const script = 'cloud-init/oslo-1.yaml#/usr/local/sbin/fjord-apply';

const node = (number: number) =>
  `{ provider: 'coolvds', country: 'NO', role: '${number === 1 ? 'server' : 'agent'}', address: '192.0.2.${number}' }`;
const two = { nodes: `{ 'oslo-1': ${node(1)}, 'oslo-2': ${node(2)} }` };

/** What `verify` reports about nodes. */
export const verifyNodesDiagnostics = {
  'verify/never-renewed': define<{ node: string }>({
    severity: 'error',
    fact: ({ node }) => `${node} has no time at which it restarts K3s for new certificates`,
    hint: compileAgain,
    meaning:
      "K3s' certificates end after a year, and K3s renews them only when it starts. Without a restart the node stops then.",
    example: {
      dist: { path: script, from: 'OnCalendar=Sun *-*-* 02:00:00 UTC', to: 'OnBootSec=1d' },
    },
  }),
  'verify/restart-together': define<{ one: string; other: string }>({
    severity: 'error',
    fact: ({ one, other }) => `${one} and ${other} may restart at the same time`,
    hint: compileAgain,
    meaning:
      'Each node has its own part of the maintenance window, so that the others serve calls while it is away.',
    example: {
      config: two,
      dist: {
        path: 'cloud-init/oslo-2.yaml#/usr/local/sbin/fjord-apply',
        from: 'Sun *-*-* 02:36:00 UTC',
        to: 'Sun *-*-* 02:05:00 UTC',
      },
    },
  }),
  'verify/package-missing': define<{ node: string; name: string; needed: string }>({
    severity: 'error',
    fact: ({ node, name, needed }) => `${node} does not install ${name}, which it needs for ${needed}`,
    hint: compileAgain,
    meaning:
      "The program is not there when the node's script or nginx first needs it, so the node is not set up.",
    example: {
      dist: {
        path: 'cloud-init/oslo-1.yaml#/usr/local/sbin/fjord-apply',
        from: ' nginx openssl',
        to: ' openssl',
      },
    },
  }),
  'verify/package-unknown': define<{ node: string; name: string }>({
    severity: 'error',
    fact: ({ node, name }) => `${node} installs ${name}, which nothing on it needs`,
    hint: compileAgain,
    meaning:
      'apt installs nothing at all if it does not know one of the names. A package that nothing needs is also one more thing to keep safe.',
    example: {
      dist: {
        path: 'cloud-init/oslo-1.yaml#/usr/local/sbin/fjord-apply',
        from: ' nginx openssl',
        to: ' nginx openssl telnetd',
      },
    },
  }),
  'verify/node-file-mode': define<{ place: string; permissions: string; needed: string }>({
    severity: 'error',
    fact: ({ place, permissions, needed }) =>
      `${place} has the permissions ${permissions}, but needs ${needed}`,
    hint: compileAgain,
    meaning:
      'With more permissions, other users of the node read tokens or change what root runs. With fewer, a program cannot read its file.',
    example: {
      dist: {
        path: 'cloud-init/oslo-1.yaml#/usr/local/sbin/fjord-apply',
        from: 'put 0600 /etc/rancher/k3s/config.yaml',
        to: 'put 0644 /etc/rancher/k3s/config.yaml',
      },
    },
  }),
  'verify/meaning-otherwise': define<{ place: string }>({
    severity: 'error',
    fact: ({ place }) => `${place} says something else than its digest in apply.sh`,
    hint: compileAgain,
    meaning:
      'A node keeps a file whose digest has not changed, so that a comment restarts nothing. A change under an old digest would never arrive.',
    example: {
      dist: { path: 'cloud-init/oslo-1.yaml#/usr/local/sbin/fjord-apply', from: 'meaning=', to: 'meaning=0' },
    },
  }),
  'verify/script-of-other': define<{ node: string; named: string; platform: string }>({
    severity: 'error',
    fact: ({ node, named, platform }) =>
      `the apply.sh of ${node} is for the platform '${named}', and the lock file is of '${platform}'`,
    hint: compileAgain,
    meaning:
      'A machine refuses the apply.sh of a platform that it is not of. With another name in it, one stage could be installed over another.',
    example: {
      dist: {
        path: 'platform.lock.json',
        from: '"platform": "functions"',
        to: '"platform": "staging"',
      },
    },
  }),
  'verify/alerts-not-as-meant': define<{ node: string; what: string; meant: string; found: string }>({
    severity: 'error',
    fact: ({ node, what, meant, found }) =>
      `the alerts of ${node}: the lock file has ${meant} for ${what}, and the files have ${found}`,
    hint: compileAgain,
    meaning:
      'A problem that is not looked for, or is sent to somebody else, is noticed by the callers of the functions.',
    example: {
      config: {
        alerts:
          "{ to: { ops: { kind: 'ntfy', host: 'ntfy.example.no' } }, deadMansSwitch: { host: 'hc.example.no' } }",
      },
      dist: { path: script, from: 'SWITCH = "hc.example.no"', to: 'SWITCH = ""' },
    },
  }),
  'verify/backup-not-as-meant': define<{ node: string; what: string; meant: string; found: string }>({
    severity: 'error',
    fact: ({ node, what, meant, found }) =>
      `the backups of ${node}: the lock file has ${meant} for ${what}, and the files have ${found}`,
    hint: compileAgain,
    meaning:
      'A backup that is not made, is made too seldom or is encrypted to somebody else is only missed on the day when it is needed.',
    example: {
      config: {
        backups:
          "{ recipients: ['age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'], keep: 7 }",
      },
      dist: { path: script, from: '\nkeep=7\n', to: '\nkeep=1\n' },
    },
  }),
  'verify/script-edited': define<{ place: string; line: string | undefined }>({
    severity: 'error',
    fact: ({ place, line }) =>
      line === undefined
        ? `${place} differs from its template: lines are missing or reordered`
        : `${place} has a line that is not in its template: '${line.trim()}'`,
    hint: () =>
      'run fjord synth again with the installed version of Fjord; put steps of your own into a separate program',
    meaning:
      'Nobody can tell from a script alone what it does. A script from a template of this version is tested on real nodes; an edited one is not.',
    example: {
      dist: {
        path: 'cloud-init/oslo-1.yaml#/usr/local/sbin/fjord-apply',
        from: 'sysctl --quiet --load=',
        to: 'sysctl --quiet --ignore --load=',
      },
    },
  }),
  'verify/other-version': define<{ made: string | undefined; own: string }>({
    severity: 'info',
    fact: ({ made = 'of an earlier version', own }) =>
      `Fjord ${made} made this dist with other templates than those of Fjord ${own}, so its scripts were not compared with them`,
    hint: ({ made = 'of the version that made it' }) =>
      `run fjord synth --check with Fjord ${made} to check the scripts too`,
    meaning:
      'Every other rule has checked the files. Whether somebody edited a script, only the version that made it can say.',
    example: { dist: { path: 'platform.lock.json', from: '"templates": "', to: '"templates": "0' } },
  }),
  'verify/download-unchecked': define<{ node: string; file: string }>({
    severity: 'error',
    fact: ({ node, file }) => `${node} runs ${file}, which it downloads and does not check`,
    hint: compileAgain,
    meaning: 'Whoever can change the download, on its way or at its source, would have the node.',
    example: {
      dist: {
        path: 'cloud-init/oslo-1.yaml#/usr/local/sbin/fjord-apply',
        from: 'verify "$work/install.sh" ed01f89fd977bf20ac1516bbebf8370bf3ddbaa55dac8aba610956a4c78cc00b',
        to: 'true',
      },
    },
  }),
  'verify/release-not-locked': define<{ node: string; locked: string }>({
    severity: 'error',
    fact: ({ node, locked }) => `the lock file names ${locked}, but the apply.sh of ${node} does not`,
    hint: compileAgain,
    meaning: 'The node would install another release than the one that was reviewed.',
    example: {
      dist: {
        path: 'cloud-init/oslo-1.yaml#/usr/local/sbin/fjord-apply',
        from: 'verify "$work/install.sh" ed01f89f',
        to: 'verify "$work/install.sh" 00000000',
      },
    },
  }),
  'verify/download-elsewhere': define<{ node: string; url: string }>({
    severity: 'error',
    fact: ({ node, url }) => `${node} downloads ${url}, which is not where the lock file says`,
    hint: compileAgain,
    meaning: "A release from elsewhere is somebody else's, even if it has the right name.",
    example: {
      dist: {
        path: 'cloud-init/oslo-1.yaml#/usr/local/sbin/fjord-apply',
        from: 'fetch https://github.com/k3s-io/k3s/releases/download/v1.36.5%2Bk3s1/k3s "',
        to: 'fetch https://example.com/k3s-io/k3s/releases/download/v1.36.5%2Bk3s1/k3s "',
      },
    },
  }),
};
