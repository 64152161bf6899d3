package contract

import (
	"archive/tar"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// An image as a runtime unpacks it.
type image struct {
	root       string
	Entrypoint []string
	Cmd        []string
	Env        []string
	WorkingDir string
	User       string
}

// unpack reads a docker archive as containerd does: the manifest names a config and layers.
func unpack(t *testing.T, name string) image {
	t.Helper()
	outer := t.TempDir()
	extract(t, filepath.Join(images, name+".tar"), outer)
	var manifest []struct {
		Config   string
		RepoTags []string
		Layers   []string
	}
	read(t, filepath.Join(outer, "manifest.json"), &manifest)
	if len(manifest) != 1 || len(manifest[0].RepoTags) == 0 || len(manifest[0].Layers) != 1 {
		t.Fatalf("%s: %v", name, manifest)
	}
	var config struct{ Config image }
	read(t, filepath.Join(outer, manifest[0].Config), &config)
	config.Config.root = t.TempDir()
	extract(t, filepath.Join(outer, manifest[0].Layers[0]), config.Config.root)
	return config.Config
}

func read(t *testing.T, file string, into any) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func extract(t *testing.T, archive, to string) {
	t.Helper()
	file, err := os.Open(archive)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	entries := tar.NewReader(file)
	for {
		header, err := entries.Next()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		at := filepath.Join(to, header.Name)
		os.MkdirAll(filepath.Dir(at), 0o755)
		switch header.Typeflag {
		case tar.TypeDir:
			os.MkdirAll(at, 0o755)
			os.Chmod(at, header.FileInfo().Mode())
		case tar.TypeSymlink:
			os.Symlink(header.Linkname, at)
		default:
			content, err := io.ReadAll(entries)
			if err == nil {
				err = os.WriteFile(at, content, header.FileInfo().Mode())
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
}

// A pod is a process of an image: in namespaces of its own, as the first process, on a root that it cannot write, as
// the user of the manifest, without capabilities.
type pod struct {
	t       *testing.T
	name    string
	command *exec.Cmd
	output  *log
	ended   chan struct{}
}

type log struct {
	mutex sync.Mutex
	text  bytes.Buffer
}

func (l *log) Write(text []byte) (int, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.text.Write(text)
}

func (l *log) String() string {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.text.String()
}

type spec struct {
	image   string
	address string
	user    int
	command []string
	args    []string
	env     []string
	// The pod whose network it shares.
	beside *pod
	// Directories that are memory, as an emptyDir; the user may write there.
	empty []string
	// Files by path, as of a Secret or ConfigMap.
	mounted map[string]string
}

var pods int

// start is what the kubelet does, and returns when the process runs.
func start(t *testing.T, s spec) *pod {
	t.Helper()
	from := unpack(t, s.image)
	for path, content := range s.mounted {
		at := filepath.Join(from.root, path)
		os.MkdirAll(filepath.Dir(at), 0o755)
		if err := os.WriteFile(at, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	os.WriteFile(filepath.Join(from.root, "etc/hosts"), []byte(hosts), 0o644)
	os.WriteFile(filepath.Join(from.root, "etc/resolv.conf"), []byte("nameserver 10.42.0.1\n"), 0o644)
	for _, directory := range append([]string{"proc", "dev"}, s.empty...) {
		os.MkdirAll(filepath.Join(from.root, directory), 0o755)
	}
	script := `set -e
start=$1 root=$2 user=$3 empty=$4
hostname "$5"
mount --make-rprivate /
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
for each in $empty; do mount -t tmpfs -o "uid=$user,gid=$user,mode=0755" tmpfs "$root$each"; done
mount -o remount,ro,bind "$root"
read -r _
shift 5
exec "$start" "$root" "$user" "$@"`
	words := from.Entrypoint
	switch {
	case s.command != nil:
		words = append(append([]string{}, s.command...), s.args...)
	case s.args != nil:
		words = append(append([]string{}, words...), s.args...)
	default:
		words = append(append([]string{}, words...), from.Cmd...)
	}
	work := from.WorkingDir
	if work == "" {
		work = "/"
	}
	pods++
	p := &pod{t: t, name: s.image, output: &log{}, ended: make(chan struct{})}
	arguments := []string{"--mount", "--pid", "--uts", "--fork", "--kill-child", "sh", "-c", script, "sh",
		starter, from.root, fmt.Sprint(s.user), strings.Join(s.empty, " "), fmt.Sprintf("%s-%d", s.image, pods), work}
	program := "unshare"
	if s.beside != nil {
		program = "nsenter"
		arguments = append([]string{fmt.Sprintf("--net=/proc/%d/ns/net", s.beside.command.Process.Pid), "unshare"}, arguments...)
	} else {
		arguments = append([]string{"--net"}, arguments...)
	}
	p.command = exec.Command(program, append(arguments, words...)...)
	p.command.Env = append(append([]string{}, from.Env...), s.env...)
	p.command.Env = append(p.command.Env, "PATH="+os.Getenv("PATH"))
	p.command.Stdout, p.command.Stderr = p.output, p.output
	stdin, err := p.command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		// The namespaces end with their first process; what made them is waiting for it.
		if pid := p.pid(); pid != 0 {
			syscall.Kill(pid, syscall.SIGKILL)
		} else {
			p.command.Process.Kill()
		}
		<-p.ended
		if t.Failed() {
			t.Logf("%s said:\n%s", p.name, p.output)
		}
	})
	if s.beside == nil {
		p.connect(s.address)
	}
	fmt.Fprintln(stdin)
	go func() {
		p.command.Wait()
		close(p.ended)
	}()
	return p
}

// connect gives the pod a cable to the bridge.
func (p *pod) connect(address string) {
	p.t.Helper()
	cable := fmt.Sprintf("pod%d", pods)
	pid := fmt.Sprint(p.command.Process.Pid)
	until(p.t, 5*time.Second, "a network of its own", func() bool {
		mine, _ := os.Readlink("/proc/self/ns/net")
		its, _ := os.Readlink("/proc/" + pid + "/ns/net")
		return its != "" && its != mine
	})
	run(p.t, "ip", "link", "add", cable, "master", "pods", "type", "veth", "peer", "name", "eth0", "netns", pid)
	run(p.t, "ip", "link", "set", cable, "up")
	inside := func(words ...string) {
		run(p.t, "nsenter", append([]string{"--net=/proc/" + pid + "/ns/net", "ip"}, words...)...)
	}
	inside("link", "set", "lo", "up")
	inside("address", "add", address+"/24", "dev", "eth0")
	inside("link", "set", "eth0", "up")
	inside("route", "add", "default", "via", "10.42.0.1")
}

func run(t *testing.T, program string, words ...string) {
	t.Helper()
	if output, err := exec.Command(program, words...).CombinedOutput(); err != nil {
		t.Fatalf("%s %s: %v %s", program, strings.Join(words, " "), err, output)
	}
}

// pid is the program's: the only child of the process that made the namespaces.
func (p *pod) pid() int {
	pid := p.command.Process.Pid
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
	var child int
	fmt.Sscan(string(text), &child)
	return child
}

func (p *pod) signal(which syscall.Signal) {
	p.t.Helper()
	pid := p.pid()
	if pid == 0 {
		p.t.Fatalf("%s has ended", p.name)
	}
	if err := syscall.Kill(pid, which); err != nil {
		p.t.Fatal(err)
	}
}

// waits returns the exit code and the seconds that the process went on.
func (p *pod) waits(most time.Duration) (int, time.Duration) {
	p.t.Helper()
	begin := time.Now()
	select {
	case <-p.ended:
		return p.command.ProcessState.ExitCode(), time.Since(begin)
	case <-time.After(most):
		p.t.Fatalf("%s still runs after %s", p.name, most)
		return 0, most
	}
}

func until(t *testing.T, most time.Duration, what string, right func() bool) time.Duration {
	t.Helper()
	begin := time.Now()
	for !right() {
		if time.Since(begin) > most {
			t.Fatalf("not after %s: %s", most, what)
		}
		time.Sleep(20 * time.Millisecond)
	}
	return time.Since(begin)
}
