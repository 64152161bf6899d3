import { report } from '../../../diagnostics/report.ts';
import { placeOf, titleOf } from '../../kubernetes/body.ts';
import { checkOwnSchema } from '../../read/own-schema.ts';
import type { Rule } from '../rule.ts';

/**
 * Every object is of a kind that Fjord makes, in a namespace that it is made in, and has no field that could give rights,
 * open a way in or have a controller of somebody else act on it.
 */
export const objectsOfOurs: Rule = {
  name: 'objects-of-ours',
  harm: 'confinement',
  loss: 'An object could give rights, open a way in, or be taken for a controller of somebody else.',
  check: ({ objects }) =>
    objects.flatMap((object) =>
      checkOwnSchema('objects', { [`${object.apiVersion}/${object.kind}`]: object.body }).map(
        ({ pointer, message }) =>
          report(
            'verify/object-not-ours',
            [],
            { object: titleOf(object), pointer: pointer.replace(/^\/[^/]*~1[^/]*/, ''), message },
            { artifact: placeOf(object) },
          ),
      ),
    ),
};
