package main

import (
	"net"
	"strings"

	"github.com/vishvananda/netlink"
	core "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/labels"
)

var everything = labels.Everything()

// backend is how packets for another node's pods get there.
type backend interface {
	// open prepares this node. The annotations are for the other nodes to read.
	open(a *agent, own *core.Node) (annotations object, mtu int, err error)
	// reach brings the ways in accordance with the other nodes.
	reach(a *agent, others []*core.Node)
}

// direct is host-gw: each node is the gateway to its pods. wireguard-native falls back to it, where no kernel has
// wireguard: the packets are the same then, but nothing encrypts them.
type direct struct{}

func (*direct) open(a *agent, _ *core.Node) (object, int, error) {
	if a.cluster.Backend != "host-gw" {
		logf("flannel", "level=warning msg=\"no %s here: plain routes instead\"", a.cluster.Backend)
	}
	return object{backendData: "null"}, 1500, nil
}

func (*direct) reach(a *agent, others []*core.Node) {
	var wanted []netlink.Route
	for _, other := range others {
		for _, network := range other.Spec.PodCIDRs {
			_, to, err := net.ParseCIDR(network)
			by := net.ParseIP(other.Annotations[publicAddress])
			if strings.Contains(network, ":") {
				by = net.ParseIP(other.Annotations[publicAddress6])
			}
			if err != nil || by == nil {
				continue
			}
			wanted = append(wanted, netlink.Route{Dst: to, Gw: by})
		}
	}
	haveRoutes(a, wanted, nil)
}

// haveRoutes adds the wanted routes to pods and removes what is left of nodes that are gone.
func haveRoutes(a *agent, wanted []netlink.Route, link netlink.Link) {
	for _, family := range []int{netlink.FAMILY_V4, netlink.FAMILY_V6} {
		there, err := netlink.RouteList(link, family)
		if err != nil {
			continue
		}
		for _, route := range there {
			if route.Dst == nil || route.Gw == nil || !isPods(a, route.Dst) {
				continue
			}
			if !hasRoute(wanted, route) {
				netlink.RouteDel(&route)
			}
		}
	}
	for _, route := range wanted {
		if err := netlink.RouteReplace(&route); err != nil {
			logf("flannel", "level=error msg=\"Error adding route to %s via %s: %v\"", route.Dst, route.Gw, err)
		}
	}
}

func isPods(a *agent, network *net.IPNet) bool {
	for _, text := range a.cluster.Pods {
		if _, pods, err := net.ParseCIDR(text); err == nil && pods.Contains(network.IP) {
			return true
		}
	}
	return false
}

func hasRoute(wanted []netlink.Route, route netlink.Route) bool {
	for _, one := range wanted {
		if one.Dst.String() == route.Dst.String() && one.Gw.Equal(route.Gw) {
			return true
		}
	}
	return false
}
