import { define } from '../definition.ts';

export const resolveCodes = {
  // rows go here
};
