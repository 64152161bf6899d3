import type { CorsConfig } from '../../config/functions/http.ts';
import type { ConfigPath, Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';

/** Whether pages of every site may call. */
export function isForEverySite(origins: readonly string[]): boolean {
  return origins.includes('*');
}

/** Reports what browsers refuse, and origins that another origin in the list includes. */
export function diagnoseCors(cors: CorsConfig | undefined, path: ConfigPath): Diagnostic[] {
  if (cors === undefined) return [];
  const { origins, credentials = false } = cors;
  const forbidden = credentials && isForEverySite(origins);
  return [
    ...(forbidden
      ? [report('resolve/cors-every-site-with-credentials', [...path, 'credentials'], undefined)]
      : []),
    ...origins.flatMap((origin, index) => {
      const by = origins.find((other) => other !== origin && includes(other, origin));
      return by === undefined
        ? []
        : [report('resolve/cors-origin-included', [...path, 'origins', index], { origin, by })];
    }),
  ];
}

function includes(wide: string, origin: string): boolean {
  if (wide === '*') return true;
  const [scheme, below] = wide.split('*');
  return below !== undefined && origin.startsWith(scheme ?? '') && origin.endsWith(below);
}
