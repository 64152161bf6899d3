import type { ConfigPath, SourceLocation } from '../../diagnostics/diagnostic.ts';
import type { LoadedConfig } from './loaded-config.ts';
import { locateInManifest } from './locate-in-manifest.ts';
import { lineLocation, rangeLocation } from './source-lines.ts';
import { showsValue } from './syntax.ts';
import { agrees, createTracer, type Member, type Spot, type Tracer } from './trace.ts';

/**
 * Finds where a key or a value of the config is written: in the config file, or in a file that it imports by a relative
 * path. If that cannot be known (it comes from a call, say), it is the nearest known place, with `exact` false.
 * docs/locating.md explains how.
 */
export function locate(loaded: LoadedConfig, path: ConfigPath, at: 'key' | 'value'): SourceLocation {
  const { manifests } = loaded;
  if (manifests !== undefined) {
    const [section, key, index] = path;
    const isOfFile =
      section === 'delivery' &&
      key === 'manifests' &&
      manifests.files.has(typeof index === 'number' ? index : -1);
    const inManifest = locateInManifest(loaded, path, at);
    return inManifest ?? locate(manifests.written, isOfFile ? path.slice(0, 3) : path, at);
  }
  const tracer = tracerOf(loaded);
  const { main } = tracer;
  if (!main) return lineLocation(loaded.file, loaded.source, 1, false);
  if (path.length === 0) return firstLine(main.key ?? main.value);
  let current: Member = main;
  let actual = loaded.value;
  for (const part of path) {
    const settled = tracer.settle(current.value);
    actual = memberOf(actual, part);
    const step = tracer.member(settled, part, actual);
    if (!step) return { ...nearest(current), ...(isAbsent(loaded, actual) && { absent: true as const }) };
    if ('lost' in step) return toLocation(step.lost, false);
    current = step;
  }
  return at === 'key' && current.key
    ? toLocation(current.key, current.key.exact || agrees(tracer.settle(current.value), actual) === true)
    : locateValue(tracer, current, actual);
}

const tracers = new WeakMap<LoadedConfig, Tracer>();

/** Parsing is done once for all places of a config. */
function tracerOf(loaded: LoadedConfig): Tracer {
  const tracer = tracers.get(loaded) ?? createTracer(loaded.file, loaded.source);
  tracers.set(loaded, tracer);
  return tracer;
}

function locateValue(tracer: Tracer, member: Member, actual: unknown): SourceLocation {
  const settled = tracer.settle(member.value);
  if (settled.node === 'exports') return nearest(member);
  const agreed = agrees(settled, actual);
  return toLocation(settled, agreed ?? (settled.exact && showsValue(settled.node)));
}

/** The key of the last object that was found; that of the config as a whole is its export's line. */
function nearest({ key, value }: Member): SourceLocation {
  const spot = key ?? value;
  const isStatement = spot.node !== 'exports' && /(Declaration|Statement|Assignment)$/.test(spot.node.type);
  return isStatement ? { ...firstLine(spot), exact: false } : toLocation(spot, false);
}

function firstLine({ module, node }: Spot): SourceLocation {
  const line = node === 'exports' ? 1 : (node.loc?.start.line ?? 1);
  return lineLocation(module.file, module.text, line, true);
}

function toLocation({ module, node }: Spot, exact: boolean): SourceLocation {
  if (node === 'exports') return lineLocation(module.file, module.text, 1, false);
  return rangeLocation(module.file, module.text, node.start ?? 0, node.end ?? 0, exact);
}

/** If the config could not be loaded, nobody can say what it lacks. */
function isAbsent({ value }: LoadedConfig, actual: unknown): boolean {
  return actual === undefined && value !== undefined;
}

function memberOf(value: unknown, part: string | number): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, part)
    ? Reflect.get(value, part)
    : undefined;
}
