package main

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
)

// node is what a server or an agent knows of itself and of its cluster.
type node struct {
	options
	name string
	// Where K3s keeps its data.
	data string
	// The node's own addresses, the one of the first family first.
	addresses []net.IP
	// The networks of pods and Services, one for each family.
	pods, services []string
	dns, domain    string
}

func newNode(all options) (*node, error) {
	made := &node{options: all, data: all.one("data-dir", "/var/lib/rancher/k3s")}
	name, err := os.Hostname()
	if err != nil {
		return nil, err
	}
	made.name = strings.ToLower(all.one("node-name", name))
	for _, text := range all.list("node-ip") {
		address := net.ParseIP(text)
		if address == nil {
			return nil, fmt.Errorf("invalid node-ip %q", text)
		}
		made.addresses = append(made.addresses, address)
	}
	if len(made.addresses) == 0 {
		address, err := defaultAddress()
		if err != nil {
			return nil, err
		}
		made.addresses = []net.IP{address}
	}
	made.pods = orDefault(all.list("cluster-cidr"), "10.42.0.0/16")
	made.services = orDefault(all.list("service-cidr"), "10.43.0.0/16")
	made.domain = all.one("cluster-domain", "cluster.local")
	if made.dns = all.one("cluster-dns", ""); made.dns == "" {
		// The tenth of the Services' addresses.
		if made.dns, err = nth(made.services[0], 10); err != nil {
			return nil, err
		}
	}
	return made, nil
}

func orDefault(values []string, otherwise string) []string {
	if len(values) > 0 {
		return values
	}
	return []string{otherwise}
}

// nth is an address of a network, counted from its first.
func nth(network string, number byte) (string, error) {
	first, _, err := net.ParseCIDR(network)
	if err != nil {
		return "", err
	}
	if short := first.To4(); short != nil {
		first = short
	}
	first[len(first)-1] += number
	return first.String(), nil
}

// in is a path below the data directory.
func (n *node) in(parts ...string) string {
	return filepath.Join(append([]string{n.data}, parts...)...)
}

func (n *node) server(parts ...string) string { return n.in(append([]string{"server"}, parts...)...) }
func (n *node) agent(parts ...string) string  { return n.in(append([]string{"agent"}, parts...)...) }

// addressTexts are the node's addresses with commas between.
func (n *node) addressTexts() string {
	var texts []string
	for _, address := range n.addresses {
		texts = append(texts, address.String())
	}
	return strings.Join(texts, ",")
}

// defaultAddress is the first global address of the card that has the default route, as K3s takes it.
func defaultAddress() (net.IP, error) {
	card, err := defaultCard()
	if err != nil {
		return nil, err
	}
	found, err := cardAddress(card, false)
	if err != nil {
		return nil, err
	}
	return found, nil
}

// cardAddress is the first global address of a card, of one family.
func cardAddress(card *net.Interface, six bool) (net.IP, error) {
	addresses, err := card.Addrs()
	if err != nil {
		return nil, err
	}
	for _, address := range addresses {
		ip := address.(*net.IPNet).IP
		if ip.IsGlobalUnicast() && (ip.To4() == nil) == six {
			return ip, nil
		}
	}
	return nil, fmt.Errorf("the card %s has no global address of the wanted family", card.Name)
}

// write puts a file where it belongs, whole or not at all.
func write(path string, text []byte, mode os.FileMode) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	beside := path + ".new"
	if err := os.WriteFile(beside, text, mode); err != nil {
		return err
	}
	if err := os.Chmod(beside, mode); err != nil {
		return err
	}
	return os.Rename(beside, path)
}

// readOr is a file's text without spaces around it, or what make makes, which the file then has.
func readOr(path string, mode os.FileMode, make func() string) (string, error) {
	text, err := os.ReadFile(path)
	if err == nil && strings.TrimSpace(string(text)) != "" {
		return strings.TrimSpace(string(text)), nil
	}
	if err != nil && !os.IsNotExist(err) {
		return "", err
	}
	made := make()
	return made, write(path, []byte(made+"\n"), mode)
}
