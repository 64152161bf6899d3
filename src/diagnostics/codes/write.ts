import { define } from '../definition.ts';

export const writeCodes = {
  // rows go here
};
