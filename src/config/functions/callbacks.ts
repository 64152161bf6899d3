/**
 * An https address, exactly as callers write it into `X-Callback-Url`.
 *
 * @title https address
 * @maxLength 500
 * @pattern ^https://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\d{1,5})?(/[A-Za-z0-9._~%+-]+)*(/)?$
 * @examples ["https://shop.example.no/hooks/orders"]
 */
export type CallbackUrl = string;
