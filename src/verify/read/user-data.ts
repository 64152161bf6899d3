import { gunzipSync } from 'node:zlib';
import type { SchemaProblem } from '../../diagnostics/schema-problem.ts';
import type { NodeFileBack } from '../dist.ts';
import { checkOwnSchema } from './own-schema.ts';
import { readYaml } from './yaml.ts';

/** User-data with its files decoded. */
export interface UserData {
  readonly hostname: string;
  /** Users and keys, as cloud-init takes them. */
  readonly login: unknown;
  readonly runcmd: readonly (readonly string[])[];
  readonly files: ReadonlyMap<string, NodeFileBack>;
}

interface CloudConfig {
  readonly hostname: string;
  readonly users?: unknown;
  readonly ssh_authorized_keys?: unknown;
  readonly runcmd: readonly (readonly string[])[];
  readonly write_files: readonly {
    readonly path: string;
    readonly permissions: string;
    readonly encoding?: 'gz+b64';
    readonly content: string;
  }[];
}

/** Reads user-data as cloud-init does, and decodes what it will write. */
export function readUserData(text: string): { userData?: UserData; problems: readonly SchemaProblem[] } {
  if (!text.startsWith('#cloud-config\n')) {
    return { problems: [{ pointer: '', message: 'the first line must be exactly #cloud-config', line: 1 }] };
  }
  const { documents, problems, placed } = readYaml(text);
  if (problems.length > 0) return { problems };
  const found = checkOwnSchema('user-data', documents[0]);
  if (found.length > 0) return { problems: placed(found, 0) };

  const cloudConfig = documents[0] as CloudConfig;
  const files = new Map<string, NodeFileBack>();
  const decoding: SchemaProblem[] = [];
  cloudConfig.write_files.forEach(({ path, permissions, encoding, content }, index) => {
    const decoded = encoding === undefined ? content : decompress(content);
    const problem = (message: string) => decoding.push({ pointer: `/write_files/${index}`, message });
    if (decoded === undefined) problem(`${path} is not gzip in base64`);
    else if (files.has(path)) problem(`${path} is written twice`);
    else files.set(path, { text: decoded, permissions });
  });
  const { hostname, runcmd, users, ssh_authorized_keys } = cloudConfig;
  const missing = runcmd.flat().find((command) => !files.has(command));
  if (missing !== undefined) decoding.push({ pointer: '/runcmd', message: `nothing writes ${missing}` });
  return { userData: { hostname, login: { users, ssh_authorized_keys }, runcmd, files }, problems: decoding };
}

/** Bytes of a file before compression; far more than user-data can carry. */
const fileLimit = 1024 * 1024;

function decompress(content: string): string | undefined {
  try {
    const bytes = Buffer.from(content, 'base64');
    // Buffer skips what is not base64; cloud-init would not.
    if (bytes.toString('base64') !== content) return undefined;
    return new TextDecoder('utf-8', { fatal: true }).decode(
      gunzipSync(bytes, { maxOutputLength: fileLimit }),
    );
  } catch {
    return undefined;
  }
}
