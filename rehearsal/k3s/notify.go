package main

import (
	"net"
	"os"
)

// notifyReady tells systemd that K3s is up.
func notifyReady() {
	logf("k3s", "level=info msg=\"k3s is up and running\"")
	address := os.Getenv("NOTIFY_SOCKET")
	if address == "" {
		return
	}
	connection, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: address, Net: "unixgram"})
	if err != nil {
		logf("k3s", "level=warning msg=\"cannot notify systemd: %v\"", err)
		return
	}
	defer connection.Close()
	connection.Write([]byte("READY=1\n"))
}
