/** The Secret with the admin's name and password. A server makes it at first boot; it is in no artifact. */
export const basicAuthSecret = 'basic-auth';
