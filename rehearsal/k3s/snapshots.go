package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

func (n *node) snapshots() string {
	return n.one("etcd-snapshot-dir", n.server("db", "snapshots"))
}

// etcdSnapshot is `k3s etcd-snapshot save|ls`. Copies elsewhere (S3) are not made here.
func etcdSnapshot(arguments []string) error {
	command := "save"
	if len(arguments) > 0 && !strings.HasPrefix(arguments[0], "-") {
		command, arguments = arguments[0], arguments[1:]
	}
	line := options{}
	for len(arguments) > 1 {
		line[strings.TrimLeft(arguments[0], "-")] = arguments[1:2]
		arguments = arguments[2:]
	}
	all, err := readOptions(nil)
	if err != nil {
		return err
	}
	n := &node{options: all, data: all.one("data-dir", "/var/lib/rancher/k3s")}
	if n.name, err = os.Hostname(); err != nil {
		return err
	}
	n.name = n.one("node-name", n.name)
	switch command {
	case "save":
		path, err := n.saveSnapshot(line.one("name", "on-demand"))
		if err == nil {
			logf("k3s", "level=info msg=\"Snapshot %s saved.\"", filepath.Base(path))
		}
		return err
	case "ls", "list":
		return n.listSnapshots()
	}
	return fmt.Errorf("k3s etcd-snapshot %s is not something that this stand-in for K3s does", command)
}

func (n *node) saveSnapshot(name string) (string, error) {
	if !n.hasEtcd() {
		return "", errors.New("etcd datastore disabled")
	}
	client, err := newEtcdClient(n)
	if err != nil {
		return "", err
	}
	answer, err := client.open("https://127.0.0.1:2379", "/v3/maintenance/snapshot", object{})
	if err != nil {
		return "", err
	}
	defer answer.Close()
	path := filepath.Join(n.snapshots(), fmt.Sprintf("%s-%s-%d", name, n.name, time.Now().Unix()))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", err
	}
	file, err := os.OpenFile(path+".part", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	defer file.Close()
	for stream := json.NewDecoder(answer); ; {
		var piece struct {
			Result struct{ Blob []byte }
			Error  struct{ Message string }
		}
		if err := stream.Decode(&piece); err == io.EOF {
			break
		} else if err != nil {
			return "", err
		}
		if piece.Error.Message != "" {
			return "", errors.New(piece.Error.Message)
		}
		if _, err := file.Write(piece.Result.Blob); err != nil {
			return "", err
		}
	}
	if err := file.Sync(); err != nil {
		return "", err
	}
	return path, os.Rename(path+".part", path)
}

func (n *node) listSnapshots() error {
	files, err := filepath.Glob(filepath.Join(n.snapshots(), "*-[0-9]*"))
	if err != nil {
		return err
	}
	fmt.Println("Name Location Size Created")
	for _, file := range files {
		about, err := os.Stat(file)
		if err != nil {
			return err
		}
		fmt.Printf("%s file://%s %d %s\n", filepath.Base(file), file, about.Size(), about.ModTime().UTC().Format(time.RFC3339))
	}
	return nil
}

// keepSnapshots makes them by the schedule and keeps as many as are wished for.
func (s *server) keepSnapshots() error {
	if s.is("etcd-disable-snapshots") || !s.usesEtcd() {
		return nil
	}
	keep, err := strconv.Atoi(s.one("etcd-snapshot-retention", "5"))
	if err != nil {
		return err
	}
	name := s.one("etcd-snapshot-name", "etcd-snapshot")
	clock := cron.New()
	_, err = clock.AddFunc(s.one("etcd-snapshot-schedule-cron", "0 */12 * * *"), func() {
		if _, err := s.saveSnapshot(name); err != nil {
			logf("k3s", "level=error msg=\"Failed to take etcd snapshot: %v\"", err)
			return
		}
		files, _ := filepath.Glob(filepath.Join(s.snapshots(), name+"-"+s.name+"-*"))
		sort.Strings(files)
		for len(files) > keep {
			os.Remove(files[0])
			files = files[1:]
		}
	})
	if err != nil {
		return err
	}
	clock.Start()
	return nil
}

// resetCluster makes etcd one of this server only, from a snapshot if one is named.
func resetCluster(n *node) error {
	snapshot := n.one("cluster-reset-restore-path", "")
	if snapshot == "" {
		return errors.New("k3s server --cluster-reset without --cluster-reset-restore-path is not something that this stand-in for K3s does")
	}
	place := n.server("db", "etcd")
	name, err := readOr(filepath.Join(place, "name"), 0o600, func() string { return n.name + "-" + randomHex(4) })
	if err != nil {
		return err
	}
	made := n.server("db", "etcd-restored")
	if err := os.RemoveAll(made); err != nil {
		return err
	}
	peer := "https://" + host(n.addresses[0].String()) + ":2380"
	restore := exec.Command(filepath.Join(partsDirectory(), "bin", "etcdctl"), "snapshot", "restore", snapshot,
		"--data-dir", made, "--name", name, "--initial-cluster", name+"="+peer, "--initial-advertise-peer-urls", peer)
	restore.Env = append(os.Environ(), "ETCDCTL_API=3")
	if text, err := restore.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, strings.TrimSpace(string(text)))
	}
	if err := write(filepath.Join(made, "name"), []byte(name+"\n"), 0o600); err != nil {
		return err
	}
	if err := os.Rename(place, fmt.Sprintf("%s-old-%d", place, time.Now().Unix())); err != nil {
		return err
	}
	if err := os.Rename(made, place); err != nil {
		return err
	}
	logf("k3s", "level=info msg=\"Managed etcd cluster membership has been reset, restart without --cluster-reset flag now. "+
		"Backup and delete ${datadir}/server/db on each peer etcd server and rejoin the nodes\"")
	return nil
}
