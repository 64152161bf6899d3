import { isDeepStrictEqual } from 'node:util';
import type { BackupIntent } from '../../../artifacts/intent.ts';
import { report } from '../../../diagnostics/report.ts';
import { places } from '../../../platform/nodes/places.ts';
import type { Dist, DistNode } from '../../dist.ts';
import { shellOf } from '../../read/apply-script.ts';
import type { Rule } from '../rule.ts';

const { applyScript, backupScript: script, restoreScript, backupService, backupTimer: timer } = places;

/**
 * The first server copies itself as the lock file says: for those recipients, at that time, as often and to those places,
 * and before each upgrade of K3s; and no other node does.
 */
export const backupsAsMeant: Rule = {
  name: 'backups-as-meant',
  harm: 'lost data',
  loss: 'There would be no copy when the machine is lost, or none that its owner can read.',
  check: (dist) =>
    dist.nodes.flatMap((node) =>
      statements(dist, node)
        .filter(([, meant, found]) => !isDeepStrictEqual(meant, found))
        .map(([what, meant, found]) =>
          report(
            'verify/backup-not-as-meant',
            [],
            { node: node.name, what, meant: shown(meant), found: shown(found) },
            { artifact: { path: node.path } },
          ),
        ),
    ),
};

type Statement = readonly [what: string, meant: unknown, found: unknown];

function statements({ lock }: Dist, node: DistNode): Statement[] {
  const entry = lock.nodes.find(({ name }) => name === node.name);
  const isFirst = entry?.role === 'server' && entry.joins === null;
  const meant = isFirst ? lock.intent.backups : undefined;
  const shell = shellOf(node.files.get(applyScript)?.text ?? '');
  const files = [script, restoreScript, backupService, timer];
  const parts: Statement[] = [
    ['the files', meant ? files : [], files.filter((path) => node.files.has(path))],
    ['the timer', meant !== undefined, /^systemctl enable --quiet fjord-backup\.timer$/m.test(shell)],
    ['a copy before each upgrade of K3s', meant !== undefined, copiesFirst(shell)],
  ];
  if (meant === undefined || parts.some(([, ...both]) => !isDeepStrictEqual(...both))) return parts;
  const found = foundIn(node);
  return (Object.keys(found) as (keyof BackupIntent)[]).map((key) => [
    titles[key],
    key === 'recipients' ? [...meant.recipients].sort() : meant[key],
    found[key],
  ]);
}

const titles: Readonly<Record<keyof BackupIntent, string>> = {
  recipients: 'who can read the copies',
  time: 'the time',
  keep: 'the number of copies',
  ssh: 'the machine that takes them',
  s3: 'the bucket',
};

/** The copy is made before the binary of K3s is replaced. */
function copiesFirst(shell: string): boolean {
  const copy = shell.indexOf(`\n  ${places.backupScript} --local ||`);
  return copy !== -1 && copy < shell.indexOf('\n  mv /usr/local/bin/k3s.new');
}

function foundIn({ files }: DistNode): Record<keyof BackupIntent, unknown> {
  const text = files.get(script)?.text ?? '';
  const first = (pattern: RegExp, of = text) => pattern.exec(of)?.[1];
  return {
    recipients: wordsOf(first(/^recipients=\((.*)\)$/m) ?? ''),
    time: first(/^OnCalendar=\*-\*-\* (.*):00 UTC$/m, files.get(timer)?.text),
    keep: Number(first(/^keep=(.*)$/m)),
    ssh: sshOf(text),
    s3: s3Of(text),
  };
}

/** The words of a line of shell, bare or in single quotes. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '').sort();
}

function sshOf(text: string): BackupIntent['ssh'] {
  const [, port] = /^ {2}sftp .* -P (\d+) /m.exec(text) ?? [];
  const [, user = '', host = ''] = / StrictHostKeyChecking=yes (\S+)@(\S+)$/m.exec(text) ?? [];
  const [, path = ''] = /^ {2}local copy there directory=(.*)$/m.exec(text) ?? [];
  const [, hostKey = ''] = /^ {2}echo 'fjord-backup (.*)' >"\$work\/known-hosts"$/m.exec(text) ?? [];
  return port === undefined ? null : { host, port: Number(port), user, path, hostKey };
}

function s3Of(text: string): BackupIntent['s3'] {
  const [, region = ''] = / --aws-sigv4 aws:amz:(.*):s3 /.exec(text) ?? [];
  const [, endpoint, bucket = '', prefix] =
    /^ {2}local copy bucket=(https:\/\/[^/\n]+)\/([^/\n]+)(?:\/(.*))?$/m.exec(text) ?? [];
  return endpoint === undefined ? null : { endpoint, region, bucket, prefix: prefix ?? null };
}

function shown(value: unknown): string {
  return value === undefined || value === null ? 'nothing' : JSON.stringify(value);
}
