#!/usr/bin/perl
# SPDX-License-Identifier: Apache-2.0
# bpfs.pl OUT MEMBER=FILE...: writes a signed program (.bpfs): a newc archive with these members in this order, each with mode
# 0100644, one link, inode 1, 2, 3 ... and zero for everything else. Independent of the project's writer. A member may
# also be KEY:NUMBER=... with KEY one of mode, uid, mtime, which applies to the next member only: for damaged ones.
use strict;
use warnings;

my ($out, @members) = @ARGV;
my %set;

# Thirteen fields of eight hex digits after the magic; name and content are padded to four bytes.
sub entry {
  my ($inode, $name, $content, %field) = @_;
  my $header = sprintf('070701' . '%08x' x 13,
    $inode, $field{mode}, $field{uid} // 0, 0, 1, $field{mtime} // 0, length($content), 0, 0, 0, 0, length($name) + 1, 0);
  my $bytes = "$header$name\0";
  $bytes .= "\0" x (-length($bytes) % 4);
  return $bytes . $content . "\0" x (-length($content) % 4);
}

open(my $archive, '>:raw', $out) or die "$out: $!\n";
my $inode = 0;
for my $member (@members) {
  my ($name, $file) = split(/=/, $member, 2);
  if ($name =~ /^(mode|uid|mtime):(\d+)$/) {
    $set{$1} = oct($2);
    next;
  }
  open(my $in, '<:raw', $file) or die "$file: $!\n";
  my $content = do { local $/ = undef; <$in> } // '';
  print $archive entry(++$inode, $name, $content, mode => 0100644, %set);
  %set = ();
}
print $archive entry(0, 'TRAILER!!!', '', mode => 0);
close($archive) or die "$out: $!\n";
