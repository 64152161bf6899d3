package main

import (
	"debug/elf"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// An entry is one thing of the image's file system.
type entry struct {
	mode    int64
	content []byte
	// The file on this machine, if the content is there.
	file string
	// The target, if it is a link.
	target    string
	directory bool
}

// A tree is the image's file system by path.
type tree map[string]entry

// base is what every image has: a user's name, and where to write.
func base() tree {
	files := tree{}
	files.text("/etc/passwd", "root:x:0:0:root:/root:/sbin/nologin\napp:x:100:65533:app:/home/app:/sbin/nologin\n"+
		"function:x:12000:12000:function:/home/app:/sbin/nologin\nnobody:x:65534:65534:nobody:/:/sbin/nologin\n")
	files.text("/etc/group", "root:x:0:\nnogroup:x:65534:\napp:x:65533:\nfunction:x:12000:\n")
	files.text("/etc/nsswitch.conf", "hosts: files dns\n")
	files.directory("/tmp")
	files["/tmp"] = entry{mode: 0o1777, directory: true}
	return files
}

func (t tree) directory(at string) {
	for ; at != "/" && at != "."; at = path.Dir(at) {
		if _, has := t[at]; !has {
			t[at] = entry{mode: 0o755, directory: true}
		}
	}
}

func (t tree) text(at, content string) {
	t.directory(path.Dir(at))
	t[at] = entry{mode: 0o644, content: []byte(content)}
}

func (t tree) link(at, target string) {
	t.directory(path.Dir(at))
	t[at] = entry{mode: 0o777, target: target}
}

func (t tree) add(at, file string) error {
	if _, err := os.Stat(file); err != nil {
		return err
	}
	t.directory(path.Dir(at))
	t[at] = entry{mode: 0o755, file: file}
	return nil
}

var libraryDirectories = []string{
	"/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu", "/usr/lib/aarch64-linux-gnu",
}

// addWithLibraries takes a program out of a Debian that is unpacked at root, with its loader and every library that
// one of them needs.
func (t tree) addWithLibraries(root, at string) error {
	file, err := within(root, at)
	if err != nil {
		return err
	}
	if err := t.add(at, file); err != nil {
		return err
	}
	binary, err := elf.Open(file)
	if err != nil {
		return err
	}
	defer binary.Close()
	for _, segment := range binary.Progs {
		if segment.Type != elf.PT_INTERP {
			continue
		}
		name := make([]byte, segment.Filesz)
		if _, err := segment.ReadAt(name, 0); err != nil {
			return err
		}
		loader := strings.TrimRight(string(name), "\x00")
		file, err := within(root, loader)
		if err != nil {
			return err
		}
		if err := t.add(loader, file); err != nil {
			return err
		}
	}
	libraries, err := binary.ImportedLibraries()
	if err != nil {
		return err
	}
	for _, library := range libraries {
		if err := t.addLibrary(root, library); err != nil {
			return err
		}
	}
	return nil
}

func (t tree) addLibrary(root, name string) error {
	for _, directory := range libraryDirectories {
		at := path.Join(directory, name)
		if _, has := t[at]; has {
			return nil
		}
		file, err := within(root, at)
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		if err := t.add(at, file); err != nil {
			return err
		}
		library, err := elf.Open(file)
		if err != nil {
			return err
		}
		defer library.Close()
		more, err := library.ImportedLibraries()
		if err != nil {
			return err
		}
		for _, one := range more {
			if err := t.addLibrary(root, one); err != nil {
				return err
			}
		}
		return nil
	}
	return fmt.Errorf("the library %s is in no package", name)
}

// within follows links inside of an unpacked Debian, where an absolute one begins at its root.
func within(root, at string) (string, error) {
	for range 40 {
		file := filepath.Join(root, at)
		found, err := os.Lstat(file)
		if err != nil {
			return "", err
		}
		if found.Mode()&os.ModeSymlink == 0 {
			return file, nil
		}
		target, err := os.Readlink(file)
		if err != nil {
			return "", err
		}
		if !path.IsAbs(target) {
			target = path.Join(path.Dir(at), target)
		}
		at = target
	}
	return "", fmt.Errorf("%s is a link to itself", at)
}
