import { define } from '../definition.ts';

export const checkCodes = {
  // rows go here
};
