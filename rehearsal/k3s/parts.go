package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Where the parts lie on a machine.
func partsDirectory() string {
	if other := os.Getenv("K3S_PARTS"); other != "" {
		return other
	}
	return "/opt/k3s-parts"
}

var printing sync.Mutex

func logf(part, format string, values ...any) {
	printing.Lock()
	defer printing.Unlock()
	fmt.Printf("%s: %s\n", part, fmt.Sprintf(format, values...))
}

// parts are the programs that run as long as K3s does. In K3s they are threads of one process: so if one ends, all end,
// and systemd starts K3s again.
type parts struct {
	context context.Context
	end     context.CancelFunc
	starts  chan func()
	path    string
	links   string

	mutex   sync.Mutex
	running []*part
	failure error
	ending  bool
}

type part struct {
	name string
	*exec.Cmd
	ended chan struct{}
}

func newParts(n *node) (*parts, error) {
	context, end := context.WithCancel(context.Background())
	bin := filepath.Join(partsDirectory(), "bin")
	made := &parts{context: context, end: end, starts: make(chan func())}
	// As K3s unpacks its own programs there. The machine's own come first, and K3s' copies of iptables last.
	current := n.in("data", "current")
	if err := os.MkdirAll(filepath.Dir(current), 0o755); err != nil {
		return nil, err
	}
	for link, target := range map[string]string{current: filepath.Join(n.in("data"), "parts"), filepath.Join(n.in("data"), "parts", "bin"): bin} {
		if err := os.MkdirAll(filepath.Dir(link), 0o755); err != nil {
			return nil, err
		}
		os.Remove(link)
		if err := os.Symlink(target, link); err != nil {
			return nil, err
		}
	}
	made.path = filepath.Join(current, "bin")
	made.links = filepath.Join(n.in("data"), "parts", "as")
	if err := os.MkdirAll(made.links, 0o755); err != nil {
		return nil, err
	}
	os.Setenv("PATH", os.Getenv("PATH")+":/usr/sbin:/sbin:"+made.path)
	// K3s' process has this name too.
	os.WriteFile("/proc/self/comm", []byte(processName), 0o644)
	// The kernel kills a part when the thread that started it ends; so one thread starts all, and it never ends.
	go func() {
		runtime.LockOSThread()
		for start := range made.starts {
			start()
		}
	}()
	return made, nil
}

// start runs a program of the parts for as long as K3s runs. The process has the name k3s-server or k3s-agent, as the
// one of K3s has, which does the work of them all.
func (p *parts) start(name string, arguments []string, environment ...string) error {
	program := filepath.Join(partsDirectory(), "bin", name)
	if target, err := filepath.EvalSymlinks(program); err == nil {
		program = target
	}
	// containerd looks for its shim beside itself, and is a process of its own in K3s too.
	if name != "containerd" {
		link := filepath.Join(p.links, name, processName)
		if err := os.MkdirAll(filepath.Dir(link), 0o755); err != nil {
			return err
		}
		os.Remove(link)
		if err := os.Symlink(program, link); err != nil {
			return err
		}
		program = link
	}
	started := &part{name: name, Cmd: exec.Command(program, arguments...), ended: make(chan struct{})}
	started.Args[0] = name
	started.Env = append(os.Environ(), environment...)
	started.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
	reader, writer, err := os.Pipe()
	if err != nil {
		return err
	}
	started.Stdout, started.Stderr = writer, writer
	done := make(chan error)
	p.starts <- func() { done <- started.Start() }
	err = <-done
	writer.Close()
	if err != nil {
		reader.Close()
		return fmt.Errorf("%s: %w", name, err)
	}
	go copyLog(name, reader)
	p.mutex.Lock()
	p.running = append(p.running, started)
	p.mutex.Unlock()
	go func() {
		err := started.Wait()
		close(started.ended)
		if err == nil {
			err = errors.New("it ended")
		}
		p.fail(fmt.Errorf("%s exited: %w", name, err))
	}()
	return nil
}

var processName = "k3s-server"

// What Kubernetes' parts say of their daily work is left out of the journal.
var chatter = regexp.MustCompile(`^I[0-9]{4} |^Flag --|INFO|level=info|\] Skipping API |\] \[core\] \[Channel `)

func copyLog(name string, from io.ReadCloser) {
	defer from.Close()
	lines := bufio.NewReaderSize(from, 1<<16)
	for {
		line, err := lines.ReadString('\n')
		if line = strings.TrimRight(line, "\n"); line != "" && !chatter.MatchString(line) {
			logf(name, "%s", line)
		}
		if err != nil {
			return
		}
	}
}

// fail ends K3s, for the first reason that there is.
func (p *parts) fail(reason error) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.failure == nil && !p.ending {
		p.failure = reason
	}
	p.end()
}

// stop ends the parts, the one started last first. Shims and what is in pods go on.
func (p *parts) stop() error {
	p.mutex.Lock()
	p.ending = true
	running := p.running
	p.mutex.Unlock()
	for index := len(running) - 1; index >= 0; index-- {
		one := running[index]
		one.Process.Signal(syscall.SIGTERM)
		select {
		case <-one.ended:
		case <-time.After(3 * time.Second):
			one.Process.Kill()
			<-one.ended
		}
	}
	return p.failure
}

// until tries something again until it works or K3s ends.
func (p *parts) until(what string, pause time.Duration, try func() error) error {
	last, began := "", time.Now()
	for {
		err := try()
		if err == nil {
			return nil
		}
		if text := err.Error(); text != last && time.Since(began) > 2*time.Second {
			last = text
			logf("k3s", "level=info msg=\"Waiting for %s: %s\"", what, strings.ReplaceAll(text, `"`, "'"))
		}
		select {
		case <-p.context.Done():
			return p.context.Err()
		case <-time.After(pause):
		}
	}
}
