import { report } from '../../diagnostics/report.ts';
import type { Statement } from '../../nginx/directive.ts';
import { directivesBelow, directivesIn } from '../../nginx/find.ts';
import { serviceSpec } from '../kubernetes-body.ts';
import type { Rule } from './index.ts';

/** A location of a function that does not go to the gateway goes to that function's own Service. */
export const directToItsFunction: Rule = ({ nginx, objects }) => {
  const addresses = new Map(
    objects
      .filter(({ namespace }) => namespace === 'openfaas-fn')
      .flatMap((object) => {
        const address = serviceSpec(object)?.clusterIP;
        return address === undefined ? [] : [[object.name, `${address}:8080`] as const];
      }),
  );
  return nginx.flatMap(({ path, statements }) => {
    const servers = serversByUpstream(statements);
    return directivesBelow(statements, 'location').flatMap(({ args, block = [], line }) => {
      const location = args.at(-1) ?? '';
      const name = /^\/function\/([^/]+)\/?$/.exec(location)?.[1];
      const target = directivesIn(block, 'proxy_pass')[0]?.args[0];
      const upstream = /^http:\/\/([^/]+)/.exec(target ?? '')?.[1];
      if (name === undefined || upstream === undefined || upstream === 'openfaas_gateway') return [];
      const server = servers.get(upstream) ?? upstream;
      if (server === addresses.get(name)) return [];
      return [
        report(
          'verify/direct-elsewhere',
          [],
          { location, server },
          { artifact: { path, ...(line && { line }) } },
        ),
      ];
    });
  });
};

function serversByUpstream(statements: readonly Statement[]): ReadonlyMap<string, string> {
  return new Map(
    directivesBelow(statements, 'upstream').map(({ args, block = [] }) => [
      args[0] ?? '',
      directivesIn(block, 'server')[0]?.args[0] ?? '',
    ]),
  );
}
