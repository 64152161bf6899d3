import { define } from '../definition.ts';

export const loadCodes = {
  // rows go here
};
