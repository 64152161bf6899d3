package main

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net"
	"strings"
	"syscall"

	"github.com/vishvananda/netlink"
	core "k8s.io/api/core/v1"
)

const (
	tunnelPort = 8472
	tunnelID   = 1
)

// tunnel is vxlan: pods' packets travel in UDP between the nodes, through a card for each family.
type tunnel struct {
	cards []*tunnelCard
}

type tunnelCard struct {
	link netlink.Link
	six  bool
	name string
	// Which annotations of a node are for this card.
	data, address string
	// What the outer packet takes of the room.
	room int
}

type tunnelData struct {
	VNI     int
	VtepMAC string
}

func (t *tunnel) open(a *agent, own *core.Node) (object, int, error) {
	t.cards = []*tunnelCard{{name: "flannel.1", data: backendData, address: publicAddress, room: 50}}
	if hasSix(a.cluster.Pods) {
		t.cards = append(t.cards, &tunnelCard{six: true, name: "flannel-v6.1", data: backendData6, address: publicAddress6, room: 70})
	}
	annotations, mtu := object{}, 0
	for _, card := range t.cards {
		by, err := cardOf(a.outside(card.six))
		if err != nil {
			return nil, 0, err
		}
		if mtu == 0 || by.MTU-card.room < mtu {
			mtu = by.MTU - card.room
		}
		if err := card.open(a, own, by); err != nil {
			return nil, 0, fmt.Errorf("%s: %w", card.name, err)
		}
		text, err := json.Marshal(tunnelData{VNI: tunnelID, VtepMAC: card.link.Attrs().HardwareAddr.String()})
		if err != nil {
			return nil, 0, err
		}
		annotations[card.data] = string(text)
	}
	return annotations, mtu, nil
}

// open keeps a card that is as it should be: packets go on while K3s starts again.
func (c *tunnelCard) open(a *agent, own *core.Node, by *net.Interface) error {
	wanted := &netlink.Vxlan{
		LinkAttrs: netlink.LinkAttrs{Name: c.name, MTU: by.MTU - c.room, HardwareAddr: newAddress()},
		VxlanId:   tunnelID, VtepDevIndex: by.Index, SrcAddr: a.outside(c.six), Port: tunnelPort,
	}
	if there, err := netlink.LinkByName(c.name); err == nil {
		old, is := there.(*netlink.Vxlan)
		if !is || old.VxlanId != wanted.VxlanId || old.VtepDevIndex != by.Index || !old.SrcAddr.Equal(wanted.SrcAddr) || old.Port != tunnelPort {
			if err := netlink.LinkDel(there); err != nil {
				return err
			}
		}
	}
	if err := netlink.LinkAdd(wanted); err != nil && err != syscall.EEXIST {
		return err
	}
	link, err := netlink.LinkByName(c.name)
	if err != nil {
		return err
	}
	c.link = link
	for _, network := range own.Spec.PodCIDRs {
		first, _, err := net.ParseCIDR(network)
		if err != nil || (first.To4() == nil) != c.six {
			continue
		}
		address := &netlink.Addr{IPNet: &net.IPNet{IP: first, Mask: net.CIDRMask(bits(c.six), bits(c.six))}}
		if err := netlink.AddrReplace(link, address); err != nil {
			return err
		}
	}
	return netlink.LinkSetUp(link)
}

// newAddress is by chance, as flannel's is. Without one, udev makes it of the machine's id, which clones may share: two
// cards of the same address do not reach each other.
func newAddress() net.HardwareAddr {
	address := make(net.HardwareAddr, 6)
	rand.Read(address)
	// Not of a maker, and of one card.
	address[0] = address[0]&^1 | 2
	return address
}

func bits(six bool) int {
	if six {
		return 128
	}
	return 32
}

func (t *tunnel) reach(a *agent, others []*core.Node) {
	for _, card := range t.cards {
		card.reach(a, others)
	}
}

func (c *tunnelCard) reach(a *agent, others []*core.Node) {
	var wanted []netlink.Route
	for _, other := range others {
		var data tunnelData
		to := net.ParseIP(other.Annotations[c.address])
		if json.Unmarshal([]byte(other.Annotations[c.data]), &data) != nil || to == nil {
			continue
		}
		mac, err := net.ParseMAC(data.VtepMAC)
		if err != nil {
			continue
		}
		for _, network := range other.Spec.PodCIDRs {
			first, all, err := net.ParseCIDR(network)
			if err != nil || strings.Contains(network, ":") != c.six {
				continue
			}
			c.know(first, mac, to)
			wanted = append(wanted, netlink.Route{LinkIndex: c.link.Attrs().Index, Dst: all, Gw: first, Flags: int(netlink.FLAG_ONLINK)})
		}
	}
	haveRoutes(a, wanted, c.link)
}

// know enters the other node's card as a neighbour, and where its packets go.
func (c *tunnelCard) know(first net.IP, mac net.HardwareAddr, to net.IP) {
	index := c.link.Attrs().Index
	for _, neighbour := range []*netlink.Neigh{
		{LinkIndex: index, State: netlink.NUD_PERMANENT, Type: syscall.RTN_UNICAST, IP: first, HardwareAddr: mac},
		{LinkIndex: index, State: netlink.NUD_PERMANENT, Family: syscall.AF_BRIDGE, Flags: netlink.NTF_SELF, IP: to, HardwareAddr: mac},
	} {
		if err := netlink.NeighSet(neighbour); err != nil {
			logf("flannel", "level=error msg=\"neighbour %s: %v\"", neighbour.IP, err)
		}
	}
}

// cardOf is the card that has an address.
func cardOf(address net.IP) (*net.Interface, error) {
	cards, err := net.Interfaces()
	if err != nil {
		return nil, err
	}
	for _, card := range cards {
		all, err := card.Addrs()
		if err != nil {
			continue
		}
		for _, one := range all {
			if network, is := one.(*net.IPNet); is && network.IP.Equal(address) {
				return &card, nil
			}
		}
	}
	return nil, fmt.Errorf("no card has the address %s", address)
}
