// Package headers copies headers from hop to hop.
package headers

import "net/http"

var ofOneHop = []string{
	"Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "Te", "Trailers",
	"Transfer-Encoding", "Upgrade",
}

// Copy adds all but those that belong to one connection.
func Copy(to, from http.Header) {
	for name, values := range from {
		to[name] = append([]string(nil), values...)
	}
	for _, name := range ofOneHop {
		to.Del(name)
	}
}
