/**
 * An HTTP proxy through which a node reaches the internet. apt, `apply.sh`, certbot, K3s and its containerd, copies to a
 * bucket and alerts use it. Not through it go the clock (NTP, UDP port 123), DNS, copies by SSH, mail, and what pods call:
 * give functions `HTTPS_PROXY` in `env` themselves.
 */
export interface NodeProxyConfig {
  /**
   * Its address, `http://` and a port, as all programs read it in the same way. It has no user and no password, because
   * they would be in `dist/`: let the proxy know the node by its address.
   */
  url: ProxyUrl;

  /**
   * Hosts that the node reaches without the proxy, such as a mirror inside the company. A name also means the names below
   * it, except to apt. The nodes, pods and Services of the cluster need no entry.
   *
   * @minItems 1
   * @maxItems 50
   * @uniqueItems true
   * @examples [["mirror.corp.example"]]
   */
  except?: DirectHost[];
}

/**
 * The `http://` address of a proxy with its port.
 *
 * @title http:// address with a port
 * @maxLength 280
 * @pattern ^http://(((25[0-5]|2[0-4]\d|1?\d?\d)(\.(?!:)|(?=:))){4}|([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)*(?=[-a-z0-9]*[a-z])[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?):([1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])$
 * @examples ["http://proxy.corp.example:3128"]
 */
export type ProxyUrl = string;

/**
 * A domain name or an IPv4 address, without a port.
 *
 * @title domain name or IPv4 address
 * @maxLength 253
 * @pattern ^(((25[0-5]|2[0-4]\d|1?\d?\d)(\.(?!$)|$)){4}|([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)+(?=[-a-z0-9]*[a-z])[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)$
 * @examples ["mirror.corp.example"]
 */
export type DirectHost = string;
