import { type Binding, findImport, parseModule, type SourceModule } from './source-module.ts';

/** Where a name's value is declared, imports followed: a declaration, or all exports of a file. */
export interface Origin {
  readonly module: SourceModule;
  readonly binding: Exclude<Binding, { kind: 'import' }> | 'exports';
}

/** A config's file and the files that it imports by relative paths, each read and parsed at most once. */
export interface SourceProgram {
  readonly root: SourceModule;
  /** The file that an import in `from` means; `undefined` for packages and for files that are not there. */
  imported(from: SourceModule, specifier: string): SourceModule | undefined;
  /** Where a name of a file is declared. */
  declared(module: SourceModule, name: string): Origin | undefined;
  /** Where an export of a file is declared; `*` for all of them. */
  exported(module: SourceModule, name: string): Origin | undefined;
}

/** How many files a name is followed through. Circles end there. */
const maxHops = 50;

export function createProgram(file: string, text: string): SourceProgram {
  const modules = new Map<string, SourceModule>();

  function open(name: string, content: string): SourceModule {
    const module = modules.get(name) ?? parseModule(name, content);
    modules.set(name, module);
    return module;
  }

  function imported(from: SourceModule, specifier: string): SourceModule | undefined {
    const found = findImport(from.file, specifier);
    return found && open(found.file, found.text);
  }

  function follow(module: SourceModule, binding: Binding | undefined, hops: number): Origin | undefined {
    if (binding?.kind !== 'import') return binding && { module, binding };
    const next = imported(module, binding.from);
    return next && exported(next, binding.name, hops - 1);
  }

  function exported(module: SourceModule, name: string, hops: number): Origin | undefined {
    if (hops === 0) return undefined;
    if (name === '*') return { module, binding: 'exports' };
    const own = follow(module, module.exports.get(name), hops);
    if (own) return own;
    for (const specifier of module.exportsAllOf) {
      const next = imported(module, specifier);
      const found = next && exported(next, name, hops - 1);
      if (found) return found;
    }
    return undefined;
  }

  return {
    root: open(file, text),
    imported,
    declared: (module, name) => follow(module, module.bindings.get(name), maxHops),
    exported: (module, name) => exported(module, name, maxHops),
  };
}
