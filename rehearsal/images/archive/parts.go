package main

import (
	"fmt"
	"path"
	"path/filepath"
	"strings"
)

// A part is one archive: a program, and how its image starts it.
type part struct {
	// Of the archive, and of the program.
	name string
	// The image that Fjord's manifests, or K3s', ask for unless a config names another one.
	image string
	// Where the program is in the image: as in the real one, because manifests name it.
	at string
	// Debian's package, for programs that are not built here.
	debian string
	config imageConfig
	// More names of the program, as links.
	links []string
	// Directories that the real image has for its data.
	directories []string
	tags        []string
}

// An imageConfig is what the container runtime reads of an image.
type imageConfig struct {
	Env        []string `json:"Env,omitempty"`
	Entrypoint []string `json:"Entrypoint,omitempty"`
	Cmd        []string `json:"Cmd,omitempty"`
	WorkingDir string   `json:"WorkingDir,omitempty"`
	User       string   `json:"User,omitempty"`
}

const searchPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

// ofOpenfaas is how OpenFaaS' own images start: by a path below the home directory of a user that is not root.
func ofOpenfaas(program, image string) part {
	return part{name: program, image: image, at: "/home/app/" + program, config: imageConfig{
		Env: []string{searchPath}, Cmd: []string{"./" + program}, WorkingDir: "/home/app", User: "100:65533",
	}}
}

var parts = []part{
	ofOpenfaas("gateway", "ghcr.io/openfaas/gateway:0.27.13"),
	ofOpenfaas("faas-netes", "ghcr.io/openfaas/faas-netes:0.18.17"),
	ofOpenfaas("queue-worker", "ghcr.io/openfaas/queue-worker:0.14.2"),
	{
		name: "nats-streaming", image: "docker.io/library/nats-streaming:0.25.6", at: "/nats-streaming-server",
		config: imageConfig{
			Env:        []string{searchPath},
			Entrypoint: []string{"/nats-streaming-server"},
			Cmd:        []string{"-m", "8222"},
		},
	},
	{
		name: "prometheus", image: "docker.io/prom/prometheus:v3.11.3", at: "/bin/prometheus",
		config: imageConfig{
			Env:        []string{searchPath},
			Entrypoint: []string{"/bin/prometheus"},
			Cmd:        []string{"--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.path=/prometheus"},
			WorkingDir: "/prometheus",
			User:       "nobody",
		},
		directories: []string{"/prometheus", "/etc/prometheus"},
	},
	{
		name: "alertmanager", image: "docker.io/prom/alertmanager:v0.32.1", at: "/bin/alertmanager",
		config: imageConfig{
			Env:        []string{searchPath},
			Entrypoint: []string{"/bin/alertmanager"},
			Cmd:        []string{"--config.file=/etc/alertmanager/alertmanager.yml", "--storage.path=/alertmanager"},
			WorkingDir: "/alertmanager",
			User:       "nobody",
		},
		directories: []string{"/alertmanager", "/etc/alertmanager"},
	},
	{
		name: "curl", image: "docker.io/curlimages/curl:8.16.0", at: "/usr/bin/curl", debian: "curl",
		config: imageConfig{
			Env: []string{searchPath}, Cmd: []string{"curl"}, WorkingDir: "/home/curl_user", User: "65534",
		},
		directories: []string{"/home/curl_user"},
	},
	{
		// Debian's listens on every address too; its protected mode is off in the real image.
		name: "redis", image: "docker.io/library/redis:7.4.5", at: "/usr/bin/redis-server", debian: "redis-server",
		config: imageConfig{
			Env:        []string{searchPath},
			Entrypoint: []string{"/usr/bin/redis-server", "--protected-mode", "no"},
			WorkingDir: "/data",
		},
		directories: []string{"/data"},
	},
	{
		name: "pause", image: "docker.io/rancher/mirrored-pause:3.6", at: "/pause",
		config: imageConfig{Env: []string{searchPath}, Entrypoint: []string{"/pause"}, User: "65535:65535"},
	},
	{
		name: "coredns", image: "docker.io/rancher/mirrored-coredns-coredns:1.14.0", at: "/coredns",
		config: imageConfig{Env: []string{searchPath}, Entrypoint: []string{"/coredns"}},
	},
	{
		name: "metrics-server", image: "docker.io/rancher/mirrored-metrics-server:v0.8.0", at: "/metrics-server",
		config: imageConfig{Env: []string{searchPath}, Entrypoint: []string{"/metrics-server"}, User: "65534"},
	},
}

// builtElsewhere are the programs that ../../build builds beside Kubernetes.
var builtElsewhere = []string{"coredns", "metrics-server"}

// otherNames are the repositories of a part that do not end in its name.
var otherNames = map[string]string{
	"mirrored-pause":           "pause",
	"mirrored-coredns-coredns": "coredns",
	"mirrored-metrics-server":  "metrics-server",
}

// partOf finds the part by the last word of the image's repository, because a mirror keeps that one.
func partOf(image string) (part, error) {
	repository, _, _ := strings.Cut(image, "@")
	base := path.Base(repository)
	base, _, _ = strings.Cut(base, ":")
	if name, has := otherNames[base]; has {
		base = name
	}
	if strings.Contains(repository, "openfaasltd/") {
		return part{}, fmt.Errorf("%s is of OpenFaaS Pro, which has no stand-in", image)
	}
	for _, one := range parts {
		if one.name == base {
			return one, nil
		}
	}
	return part{}, fmt.Errorf("there is no stand-in for %s; if it is a function's, use --function", image)
}

// functionPart is the stand-in of all functions, under all of their names. A command of a manifest is one more name of
// the program: with a slash as it is, else in a directory where the runtime looks for it.
func functionPart(images []string) (part, error) {
	one := part{
		name: "function", at: "/usr/bin/fwatchdog",
		config: imageConfig{
			Env: []string{searchPath}, Cmd: []string{"fwatchdog"}, WorkingDir: "/home/app", User: "12000",
		},
		directories: []string{"/home/app"},
	}
	for _, image := range images {
		name, command, has := strings.Cut(image, "=")
		one.tags = append(one.tags, name)
		if !has || command == one.at {
			continue
		}
		switch {
		case strings.HasPrefix(command, "/"):
			one.links = append(one.links, path.Clean(command))
		case strings.Contains(command, "/"):
			one.links = append(one.links, path.Join(one.config.WorkingDir, command))
		case command != "" && command != path.Base(one.at):
			one.links = append(one.links, "/usr/local/bin/"+command)
		}
	}
	one.tags, one.links = unique(one.tags), unique(one.links)
	return one, nil
}

// needs is what ../build has to provide: a program, or a package of Debian.
func (p part) needs() string {
	if p.debian != "" {
		return "debian " + p.debian
	}
	return "program " + p.name
}

type places struct {
	bin, debian string
	// Programs of their own places.
	given map[string]*string
}

func (p part) files(from places) (tree, error) {
	files := base()
	for _, directory := range p.directories {
		files.directory(directory)
	}
	program := filepath.Join(from.bin, p.name)
	if given := from.given[p.name]; given != nil && *given != "" {
		program = *given
	}
	if p.debian != "" {
		root := filepath.Join(from.debian, p.debian)
		if err := files.addWithLibraries(root, p.at); err != nil {
			return nil, fmt.Errorf("%s: %w", p.name, err)
		}
		program = ""
	}
	if program != "" {
		if err := files.add(p.at, program); err != nil {
			return nil, fmt.Errorf("%s: %w", p.name, err)
		}
	}
	for _, link := range p.links {
		files.link(link, p.at)
	}
	return files, nil
}
