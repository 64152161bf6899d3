/** The Secret with the admin's name and password. A server or the operator makes it; it is in no artifact. */
export const basicAuthSecret = 'basic-auth';

/** The Secret with the licence of OpenFaaS Pro, in its key `license`. The chart fixes its name. */
export const licenceSecret = 'openfaas-license';
