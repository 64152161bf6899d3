import { define } from '../../diagnostics/definition.ts';

const image = (text: string) => ({ config: { functions: `{ pay: { image: '${text}' } }` } });

/** What `resolve` reports about names of images. */
export const resolveImageNamesDiagnostics = {
  'resolve/image-from-website': define<{ image: string; site: string; meant: string }>({
    severity: 'error',
    fact: ({ image, site }) =>
      `'${image}' is an address of the website ${site}, where no image can be pulled`,
    hint: ({ meant }) => `write '${meant}'`,
    meaning: 'Registries have other names than their websites. The pod would never get its image.',
    example: image('hub.docker.com/r/acme/pay:1'),
  }),
  'resolve/image-in-docker-hub': define<{ image: string; full: string }>({
    severity: 'warning',
    fact: ({ image, full }) =>
      `'${image}' means '${full}', an image of Docker Hub that is probably not meant`,
    hint: ({ full }) =>
      `write the host of your registry before it, such as 'ghcr.io/acme/pay:1', or '${full}' if you mean that`,
    meaning:
      'The first part is a registry only if it has a dot or a port. Without one it is an account of Docker Hub, and a name of one part is an image of Docker itself.',
    example: image('registry/acme/pay:1'),
  }),
  'resolve/registry-is-node': define<{ registry: string }>({
    severity: 'warning',
    fact: ({ registry }) => `on each node, the registry ${registry} is that node itself`,
    hint: ({ registry }) =>
      `write the registry's own host, or name ${registry} in k3s.registries if each node does have one`,
    meaning:
      'Images are pulled by the nodes, not by your machine. A node without a registry of its own cannot start the pod.',
    example: image('localhost:5000/pay:1'),
  }),
  'resolve/registry-misspelt': define<{ registry: string; similar: string; meant: string }>({
    severity: 'warning',
    fact: ({ registry, similar }) => `the registry '${registry}' is not '${similar}', but looks like it`,
    hint: ({ registry, meant }) => `write '${meant}', or name ${registry} in k3s.registries if it is yours`,
    meaning:
      'Names that look like those of large registries have been registered by others, who can answer with any image.',
    example: image('gchr.io/acme/pay:1'),
  }),
};
