import { define } from '../definition.ts';

export const verifyCodes = {
  // rows go here
};
