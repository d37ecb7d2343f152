"""The rules of a feed by RFC 4287 and RFC 6721, as RELAX NG in words of our own."""

from __future__ import annotations

from lxml import etree

MOMENT = r"\d\d\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+\-]\d\d:\d\d)"
RULES = f"""
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.w3.org/2005/Atom"
    datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <start><element name="feed">
    <optional><attribute name="xml:lang"/></optional>
    <interleave>
      <ref name="about"/>
      <optional><element name="generator"><text/></element></optional>
    </interleave>
    <zeroOrMore><choice><ref name="entry"/><ref name="tombstone"/></choice></zeroOrMore>
  </element></start>
  <define name="about"><interleave>
    <element name="id"><ref name="iri"/></element>
    <element name="title"><text/></element>
    <element name="updated"><ref name="moment"/></element>
    <zeroOrMore><ref name="author"/></zeroOrMore>
  </interleave></define>
  <define name="entry"><element name="entry"><interleave>
    <ref name="about"/>
    <optional><element name="published"><ref name="moment"/></element></optional>
    <element name="link">
      <attribute name="rel"><value>alternate</value></attribute>
      <attribute name="type"/>
      <attribute name="href"><ref name="iri"/></attribute>
    </element>
    <zeroOrMore><element name="category"><attribute name="term"/></element></zeroOrMore>
    <optional><element name="rights"><text/></element></optional>
    <optional><element name="summary"><text/></element></optional>
    <element name="content"><attribute name="type"><value>html</value></attribute><text/></element>
  </interleave></element></define>
  <define name="author"><element name="author"><interleave>
    <element name="name"><text/></element>
    <optional><element name="email">
      <data type="string"><param name="pattern">.+@.+</param></data>
    </element></optional>
  </interleave></element></define>
  <define name="tombstone">
    <element name="deleted-entry" ns="http://purl.org/atompub/tombstones/1.0">
      <attribute name="ref" ns=""><ref name="iri"/></attribute>
      <attribute name="when" ns=""><ref name="moment"/></attribute>
    </element>
  </define>
  <define name="iri"><data type="string"><param name="pattern">[a-z]+:\\S+</param></data></define>
  <define name="moment"><data type="string"><param name="pattern">{MOMENT}</param></data></define>
</grammar>
"""


def faults(feed: str) -> list[str]:
    rules = etree.RelaxNG(etree.fromstring(RULES))
    rules.validate(etree.fromstring(feed.encode()))
    return [str(fault) for fault in rules.error_log]
