package main

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
	"syscall"
	"time"
)

const containerdSocket = "/run/k3s/containerd/containerd.sock"

func (a *agent) startContainerd() error {
	a.snapshotter = a.one("snapshotter", "overlayfs")
	if a.snapshotter == "overlayfs" && !a.overlays() {
		logf("k3s", "level=warning msg=\"there can be no overlay in %s: images are copied for each container\"", a.data)
		a.snapshotter = "native"
	}
	if err := a.writeRegistries(); err != nil {
		return err
	}
	file := a.agent("etc", "containerd", "config.toml")
	if err := write(file, []byte(a.containerdConfig()), 0o600); err != nil {
		return err
	}
	line := []string{"-c", file, "-a", containerdSocket, "--state", "/run/k3s/containerd", "--root", a.agent("containerd"), "-l", "warn"}
	if err := a.start("containerd", line); err != nil {
		return err
	}
	return a.until("containerd", 100*time.Millisecond, func() error {
		connection, err := net.Dial("unix", containerdSocket)
		if err != nil {
			return err
		}
		connection.Close()
		return a.ctr("version")
	})
}

// overlays tries whether the kernel takes an overlay where images are to be.
func (a *agent) overlays() bool {
	place := a.agent("containerd", "overlay-check")
	defer os.RemoveAll(place)
	for _, name := range []string{"lower", "upper", "work", "merged"} {
		if os.MkdirAll(filepath.Join(place, name), 0o700) != nil {
			return false
		}
	}
	merged := filepath.Join(place, "merged")
	options := fmt.Sprintf("lowerdir=%[1]s/lower,upperdir=%[1]s/upper,workdir=%[1]s/work", place)
	if syscall.Mount("overlay", merged, "overlay", 0, options) != nil {
		return false
	}
	// A file system below that is itself an overlay is noticed only when something is written.
	failed := os.WriteFile(filepath.Join(merged, "file"), nil, 0o600)
	syscall.Unmount(merged, 0)
	return failed == nil
}

func (a *agent) containerdConfig() string {
	pause := a.cluster.PauseImage
	if a.cluster.DefaultRegistry != "" && !strings.HasPrefix(pause, a.cluster.DefaultRegistry) {
		pause = a.cluster.DefaultRegistry + "/" + pause
	}
	return fmt.Sprintf(`# Written by K3s at each start.
version = 3
root = %[1]q
state = "/run/k3s/containerd"

[grpc]
  address = %[2]q

[plugins.'io.containerd.internal.v1.opt']
  path = %[1]q

[plugins.'io.containerd.grpc.v1.cri']
  stream_server_address = "127.0.0.1"
  stream_server_port = "10010"

[plugins.'io.containerd.cri.v1.runtime']
  enable_selinux = false
  enable_unprivileged_ports = true
  enable_unprivileged_icmp = true
  restrict_oom_score_adj = %[3]t
  device_ownership_from_security_context = false

[plugins.'io.containerd.cri.v1.runtime'.cni]
  bin_dirs = [%[4]q]
  conf_dir = %[5]q

[plugins.'io.containerd.cri.v1.runtime'.containerd]
  default_runtime_name = "runc"

[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"

[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]
  BinaryName = %[6]q
  SystemdCgroup = %[7]t

[plugins.'io.containerd.cri.v1.images']
  snapshotter = %[8]q
  disable_snapshot_annotations = true

[plugins.'io.containerd.cri.v1.images'.pinned_images]
  sandbox = %[9]q

[plugins.'io.containerd.cri.v1.images'.registry]
  config_path = %[10]q
`, a.agent("containerd"), containerdSocket, !mayRaiseLimits(), a.path, a.agent("etc", "cni", "net.d"),
		filepath.Join(a.path, "runc"), bySystemd(), a.snapshotter, pause, a.agent("etc", "containerd", "certs.d"))
}

// mayRaiseLimits: without CAP_SYS_RESOURCE no process may be given a lower chance to be killed than its parent has.
func mayRaiseLimits() bool {
	const sysResource = 24
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return true
	}
	for _, line := range strings.Split(string(status), "\n") {
		if text, is := strings.CutPrefix(line, "CapEff:"); is {
			var set uint64
			fmt.Sscanf(strings.TrimSpace(text), "%x", &set)
			return set&(1<<sysResource) != 0
		}
	}
	return true
}

// bySystemd: as K3s, systemd makes the cgroups of pods where it runs K3s and there is one hierarchy of cgroups.
func bySystemd() bool {
	return exists("/sys/fs/cgroup/cgroup.controllers") && os.Getenv("INVOCATION_ID") != ""
}

func (a *agent) ctr(arguments ...string) error {
	line := append([]string{"-n", "k8s.io", "-a", containerdSocket}, arguments...)
	text, err := exec.CommandContext(a.context, filepath.Join(a.path, "ctr"), line...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("ctr %s: %w: %s", strings.Join(arguments, " "), err, strings.TrimSpace(string(text)))
	}
	return nil
}

// importImages gives containerd the images of archives, K3s' own as well as the rehearsal's. One that has not changed
// after its last import is left out.
func (a *agent) importImages() error {
	noted := a.agent("containerd", "imported.json")
	before, now := map[string]string{}, map[string]string{}
	if text, err := os.ReadFile(noted); err == nil {
		json.Unmarshal(text, &before)
	}
	var files []string
	for _, place := range []string{a.agent("images"), filepath.Join(partsDirectory(), "images")} {
		found, _ := filepath.Glob(filepath.Join(place, "*.tar*"))
		sort.Strings(found)
		files = append(files, found...)
	}
	for _, file := range files {
		about, err := os.Stat(file)
		if err != nil {
			continue
		}
		stamp := fmt.Sprint(about.Size(), about.ModTime().UnixNano(), a.snapshotter)
		if before[file] != stamp {
			if err := a.importImage(file); err != nil {
				// K3s goes on too: the image may be there by another way.
				logf("k3s", "level=error msg=\"Error encountered while importing %s: %v\"", file, err)
				continue
			}
			logf("k3s", "level=info msg=\"Imported images from %s\"", file)
		}
		now[file] = stamp
	}
	text, err := json.Marshal(now)
	if err != nil {
		return err
	}
	return write(noted, text, 0o600)
}

func (a *agent) importImage(file string) error {
	return a.ctr("images", "import", "--local", "--snapshotter", a.snapshotter, "--label", "io.cri-containerd.pinned=pinned", file)
}
