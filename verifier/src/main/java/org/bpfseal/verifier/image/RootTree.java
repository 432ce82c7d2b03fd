// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import java.util.Optional;
import java.util.OptionalInt;
import org.bpfseal.verifier.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The root file system as the kernel changes it while it unpacks: what the calls of fs/init.c do at
 * 7.3 on a tmpfs, for a caller that may do everything. What fails changes nothing, and the
 * unpacking kernel looks at no errno but whether a file was opened or linked.
 *
 * <p>Names are taken as Latin-1, one character a byte. A path is resolved as in fs/namei.c:
 * repeated slashes, {@code .} and {@code ..}, symbolic links, at most 40 of them, and what a slash
 * at the end means to each call.
 */
public final class RootTree {
  private static final int LINKS_MOST = 40;
  private static final int NAME_MOST = 255;
  private static final int TARGET_MOST = 4095;
  private static final int UMASK = 022;
  private static final int CONSOLE = 5 << 20 | 1;

  private final RootNode root = new RootNode(RootNode.FOLDER | 01777, null);
  private int depth;

  /** With what each kernel has in it before (usr/default_cpio_list). */
  RootTree() {
    root.parent = root;
    makeFolder("dev", 0755);
    makeFolder("root", 0700);
    makeNode("dev/console", 0020600, CONSOLE);
  }

  RootNode root() {
    return root;
  }

  /** The content of a plain file, if it has all of it. */
  Optional<Bytes> file(String path) {
    return find(path, false)
        .filter(RootNode::isFile)
        .filter(node -> node.content().size() == node.size)
        .map(RootNode::content);
  }

  /** The permissions of what is there, the bits for another identity among them. */
  OptionalInt permissions(String path) {
    return find(path, false)
        .map(node -> OptionalInt.of(node.mode & ~RootNode.TYPE))
        .orElse(OptionalInt.empty());
  }

  /** How deep the deepest folder lies. */
  int depth() {
    return depth;
  }

  /**
   * Where a path ends before its last part is looked up.
   *
   * @param name empty if there is no last part: the path leads to the folder itself
   * @param slash whether slashes follow the name
   * @param links how many symbolic links led here
   */
  private record Place(RootNode folder, String name, boolean slash, int links) {
    boolean isNamed() {
      return !name.isEmpty() && !name.equals(".") && !name.equals("..");
    }

    @Nullable RootNode node() {
      return switch (name) {
        case "", "." -> folder;
        case ".." -> folder.parent;
        default -> folder.children.get(name);
      };
    }
  }

  private Optional<Place> place(String path) {
    return place(root, path, 0);
  }

  private Optional<Place> place(RootNode from, String path, int linksBefore) {
    RootNode at = path.startsWith("/") ? root : from;
    String rest = withoutSlashes(path);
    int links = linksBefore;
    while (!rest.isEmpty()) {
      int slash = rest.indexOf('/');
      String name = slash < 0 ? rest : rest.substring(0, slash);
      String tail = slash < 0 ? "" : withoutSlashes(rest.substring(slash));
      if (name.length() > NAME_MOST) {
        return Optional.empty();
      }
      if (tail.isEmpty()) {
        return Optional.of(new Place(at, name, slash >= 0, links));
      }
      RootNode next = new Place(at, name, true, links).node();
      if (next != null && next.isLink()) {
        if (++links > LINKS_MOST) {
          return Optional.empty();
        }
        at = next.target.startsWith("/") ? root : at;
        rest = withoutSlashes(next.target + "/" + tail);
      } else if (next == null || !next.isFolder()) {
        return Optional.empty();
      } else {
        at = next;
        rest = tail;
      }
    }
    return Optional.of(new Place(at, "", false, links));
  }

  private static String withoutSlashes(String path) {
    int begin = 0;
    while (begin < path.length() && path.charAt(begin) == '/') {
      begin++;
    }
    return path.substring(begin);
  }

  /** What a path leads to; a slash at its end makes it follow a link, to a folder. */
  Optional<RootNode> find(String path, boolean follow) {
    Optional<Place> place = place(path);
    boolean folder = false;
    while (place.isPresent()) {
      Place here = place.get();
      RootNode node = here.node();
      folder |= here.slash();
      if (node == null || !node.isLink() || !(follow || folder)) {
        return Optional.ofNullable(node).filter(found -> found.isFolder() || !here.slash());
      }
      place =
          here.links() == LINKS_MOST
              ? Optional.empty()
              : place(here.folder(), node.target + (folder ? "/" : ""), here.links() + 1);
    }
    return Optional.empty();
  }

  /** Takes away what is of another type than the mode; a folder only if it is empty. */
  void clean(String path, int mode) {
    Optional<RootNode> node = find(path, false);
    if (node.isEmpty() || (node.get().mode & RootNode.TYPE) == (mode & RootNode.TYPE)) {
      return;
    }
    Place place = place(path).orElseThrow();
    RootNode named = place.node();
    boolean folder = node.get().isFolder();
    if (!place.isNamed() || named == null || named.isFolder() != folder) {
      return;
    }
    if (folder ? !named.children.isEmpty() : place.slash()) {
      return;
    }
    place.folder().children.remove(place.name());
    named.links--;
    if (folder) {
      place.folder().links--;
    }
  }

  /** A file that is there or is made, through links; empty if the kernel can't open it. */
  Optional<RootNode> open(String path, int mode) {
    Optional<Place> place = place(path);
    while (place.isPresent()) {
      Place here = place.get();
      RootNode node = here.node();
      if (!here.isNamed() || here.slash()) {
        return Optional.empty();
      } else if (node == null) {
        return Optional.of(add(here, RootNode.FILE | (mode & 07777 & ~UMASK)));
      } else if (!node.isLink()) {
        return Optional.of(node).filter(found -> !found.isFolder());
      }
      place =
          here.links() == LINKS_MOST
              ? Optional.empty()
              : place(here.folder(), node.target, here.links() + 1);
    }
    return Optional.empty();
  }

  private static RootNode add(Place place, int mode) {
    RootNode made = new RootNode(mode, place.folder());
    place.folder().children.put(place.name(), made);
    return made;
  }

  /** The place of something new: nothing is there. */
  private Optional<Place> vacancy(String path, boolean folder) {
    return place(path)
        .filter(Place::isNamed)
        .filter(place -> place.node() == null)
        .filter(place -> folder || !place.slash());
  }

  void makeFolder(String path, int mode) {
    vacancy(path, true)
        .ifPresent(
            place -> {
              RootNode made = add(place, RootNode.FOLDER | (mode & 01777 & ~UMASK));
              place.folder().links++;
              depth = Math.max(depth, made.depth);
            });
  }

  void makeNode(String path, int mode, int device) {
    vacancy(path, false)
        .ifPresent(
            place -> {
              RootNode made = add(place, mode & ~UMASK);
              int type = mode & RootNode.TYPE;
              made.device = type == 0020000 || type == 0060000 ? device : 0;
            });
  }

  void makeLink(String path, String target) {
    if (target.length() <= TARGET_MOST) {
      vacancy(path, false)
          .ifPresent(
              place -> {
                RootNode made = add(place, RootNode.LINK | 0777);
                made.target = target;
                made.size = target.length();
              });
    }
  }

  /** A second name; false if there can't be one. */
  boolean link(String old, String path) {
    Optional<RootNode> node = find(old, false).filter(found -> !found.isFolder());
    Optional<Place> place = vacancy(path, false);
    if (node.isEmpty() || place.isEmpty()) {
      return false;
    }
    place.get().folder().children.put(place.get().name(), node.get());
    node.get().links++;
    return true;
  }

  /** Owner and permissions of what a path leads to. */
  void set(String path, long owner, long group, int permissions) {
    Optional<RootNode> node = find(path, true);
    node.ifPresent(found -> found.own(owner, group));
    node.ifPresent(found -> found.permit(permissions));
  }

  /** Owner of a symbolic link itself, or of what is in its place. */
  void own(String path, long owner, long group) {
    find(path, false).ifPresent(found -> found.own(owner, group));
  }
}
