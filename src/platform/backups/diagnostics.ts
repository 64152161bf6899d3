import { define } from '../../diagnostics/definition.ts';

/** A recipient of an example, whose private key nobody has kept. */
const recipient = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';

/** What `resolve` reports about backups. */
export const resolveBackupsDiagnostics = {
  'resolve/no-backups': define({
    severity: 'info',
    fact: () => 'nothing copies the cluster, which is in SQLite on one disk',
    hint: () => 'add backups with the age recipient that may read them, see docs/restore.md',
    meaning:
      'If the machine is lost, so are its Secrets, certificates and everything in the cluster that is not in Git.',
    example: { config: { nodes: "{ 'oslo-1': { provider: 'coolvds', country: 'NO' } }" } },
  }),
  'resolve/copies-over-disk': define<{
    node: string;
    keep: number;
    copies: number;
    left: number;
    most: number;
  }>({
    severity: 'error',
    fact: ({ node, keep, copies, left }) =>
      `${keep} copies need at least ${copies} MiB, but the disk of ${node} has ${left} MiB besides logs and the system`,
    hint: ({ most }) =>
      most > 0
        ? `write keep: ${most} at most, or take a machine with a larger disk`
        : 'take a machine with a larger disk',
    meaning:
      'When the disk is full, no copy can be made, and K3s and its pods stop too. Each copy is counted with 16 MiB, and one is made beside those that are kept.',
    example: {
      config: {
        nodes: "{ 'oslo-1': { provider: 'coolvds', country: 'NO', disk: '8Gi' } }",
        backups: `{ recipients: ['${recipient}'], keep: 365, to: ${exampleTarget()} }`,
      },
    },
  }),
  'resolve/backups-on-one-disk': define({
    severity: 'warning',
    fact: () => 'copies are only on the disk of the server that they are copies of',
    hint: () => 'add to.ssh or to.s3, or fetch /var/lib/fjord/backups from another machine each day',
    meaning:
      'A copy on the same disk helps after a failed upgrade, but not when the disk or the machine is lost.',
    example: { config: { backups: `{ recipients: ['${recipient}'] }` } },
  }),
  'resolve/recipient-misspelt': define<{ recipient: string }>({
    severity: 'error',
    fact: ({ recipient }) => `'${recipient}' has a typo: its checksum is wrong`,
    hint: () => 'copy the public key again, as `age-keygen -y KEYFILE` prints it',
    meaning: 'The node would refuse to encrypt to this recipient, so there would never be a copy.',
    example: {
      config: { backups: `{ recipients: ['${recipient.slice(0, -1)}q'], to: ${exampleTarget()} }` },
    },
  }),
};

function exampleTarget(): string {
  return "{ s3: { endpoint: 'https://s3.example.no', region: 'oslo-1', bucket: 'backups', country: 'NO', provider: 'upcloud' } }";
}
