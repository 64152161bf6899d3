import reference from '../../platform.config.ts';
import type { PlatformConfig } from '../../src/config/platform-config.ts';
import { behindBalancer } from './behind-balancer.ts';
import { everyOption } from './every-option.ts';
import { fifteen } from './fifteen.ts';
import { fiveServersAndAgents } from './five-servers-and-agents.ts';
import { gatewayFull } from './gateway-full.ts';
import { gatewayMixed } from './gateway-mixed.ts';
import { gatewayNewest } from './gateway-newest.ts';
import { gatewayNginxOrg } from './gateway-nginx-org.ts';
import { gitops } from './gitops.ts';
import { gitopsArgocd } from './gitops-argocd.ts';
import { helm } from './helm.ts';
import { pro } from './pro.ts';
import { quiet } from './quiet.ts';
import { serverAndAgents } from './server-and-agents.ts';
import { smallest } from './smallest.ts';
import { threeServers } from './three-servers.ts';
import { twoProviders } from './two-providers.ts';
import { ubuntu } from './ubuntu.ts';

/** Platforms that compile, each with a folder of its name in `test/snapshots/`. Real tools judge all of them. */
export const cases: Readonly<Record<string, PlatformConfig>> = {
  'behind-balancer': behindBalancer,
  'every-option': everyOption,
  fifteen,
  'five-servers-and-agents': fiveServersAndAgents,
  gitops,
  'gitops-argocd': gitopsArgocd,
  'gateway-full': gatewayFull,
  'gateway-mixed': gatewayMixed,
  'gateway-newest': gatewayNewest,
  'gateway-nginx-org': gatewayNginxOrg,
  helm,
  pro,
  quiet,
  reference,
  'server-and-agents': serverAndAgents,
  smallest,
  'three-servers': threeServers,
  'two-providers': twoProviders,
  ubuntu,
};
