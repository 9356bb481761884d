"""Java class files to smali, one method after the other and without loss of names, constants, calls and their arguments.

No dexer is to be had from the registries this project builds from, so real SDK archives go this way: every local variable and
every place of the operand stack becomes a register. What is lost: arithmetic, arrays and fields of objects yield an unknown
value, and switches are not followed. The code would not run; what it names, calls and hands over is that of the class file.
"""

import struct

WIDE = "JD"
FIXED = {}  # opcode: (pops, pushes) for instructions that only change the depth; pushes are unknown values
for start, end, pops, pushes in [
    (0x2E, 0x2E, 2, 1), (0x2F, 0x2F, 2, 2), (0x30, 0x30, 2, 1), (0x31, 0x31, 2, 2), (0x32, 0x35, 2, 1),
    (0x4F, 0x4F, 3, 0), (0x50, 0x50, 4, 0), (0x51, 0x51, 3, 0), (0x52, 0x52, 4, 0), (0x53, 0x56, 3, 0),
]:
    for op in range(start, end + 1):
        FIXED[op] = (pops, pushes)
for base in (0x60, 0x64, 0x68, 0x6C, 0x70):  # arithmetic in the order int, long, float, double
    FIXED.update({base: (2, 1), base + 1: (4, 2), base + 2: (2, 1), base + 3: (4, 2)})
FIXED.update({0x74: (1, 1), 0x75: (2, 2), 0x76: (1, 1), 0x77: (2, 2)})
FIXED.update({0x78: (2, 1), 0x79: (3, 2), 0x7A: (2, 1), 0x7B: (3, 2), 0x7C: (2, 1), 0x7D: (3, 2)})
FIXED.update({op: (2, 1) if op % 2 == 0 else (4, 2) for op in range(0x7E, 0x84)})
FIXED.update({0x85: (1, 2), 0x86: (1, 1), 0x87: (1, 2), 0x88: (2, 1), 0x89: (2, 1), 0x8A: (2, 2), 0x8B: (1, 1), 0x8C: (1, 2)})
FIXED.update({0x8D: (1, 2), 0x8E: (2, 1), 0x8F: (2, 2), 0x90: (2, 1), 0x91: (1, 1), 0x92: (1, 1), 0x93: (1, 1)})
FIXED.update({0x94: (4, 1), 0x95: (2, 1), 0x96: (2, 1), 0x97: (4, 1), 0x98: (4, 1), 0xBE: (1, 1), 0xC2: (1, 0), 0xC3: (1, 0)})
LENGTH = {0x10: 2, 0x11: 3, 0x12: 2, 0x13: 3, 0x14: 3, 0x84: 3, 0xBC: 2, 0xC5: 4, 0xB9: 5, 0xBA: 5, 0xC8: 5, 0xC9: 5, 0xA9: 2}
for op in [*range(0x15, 0x1A), *range(0x36, 0x3B)]:
    LENGTH[op] = 2
for op in [*range(0x99, 0xA9), *range(0xB2, 0xB9), 0xBB, 0xBD, 0xC0, 0xC1, 0xC6, 0xC7]:
    LENGTH[op] = 3


def quote(text):
    out = []
    for unit in struct.unpack(f"<{len(text.encode('utf-16-le', 'surrogatepass')) // 2}H", text.encode("utf-16-le", "surrogatepass")):
        c = chr(unit)
        out.append("\\" + c if c in "\"'\\" else c if 32 <= unit < 127 else f"\\u{unit:04x}")
    return '"' + "".join(out) + '"'


def modified_utf8(raw):
    return raw.replace(b"\xc0\x80", b"\0").decode("utf-8", "surrogatepass")


def split_descriptor(descriptor):
    """The types of the parameters, and that of the result."""
    params, at = [], 1
    while descriptor[at] != ")":
        start = at
        while descriptor[at] == "[":
            at += 1
        at = descriptor.index(";", at) + 1 if descriptor[at] == "L" else at + 1
        params.append(descriptor[start:at])
    return params, descriptor[at + 1 :]


def size(kind):
    return 0 if kind == "V" else 2 if kind in WIDE else 1


def type_name(name):
    return name if name.startswith("[") else f"L{name};"


class ClassFile:
    def __init__(self, data):
        self.data, self.at = data, 8
        if data[:4] != b"\xca\xfe\xba\xbe":
            raise ValueError("no class file")
        self.pool = self.read_pool()
        self.flags, this, parent = self.take(">HHH")
        self.name, self.parent = self.cls(this), self.cls(parent) if parent else None
        self.interfaces = [self.cls(i) for i in self.take(f">{self.u2()}H")]
        self.fields = [self.member() for _ in range(self.u2())]
        self.methods = [self.member() for _ in range(self.u2())]

    def take(self, form):
        values = struct.unpack_from(form, self.data, self.at)
        self.at += struct.calcsize(form)
        return values

    def u2(self):
        return self.take(">H")[0]

    def read_pool(self):
        pool, count = [None], self.u2()
        while len(pool) < count:
            tag = self.take("B")[0]
            if tag == 1:
                length = self.u2()
                pool.append(modified_utf8(self.data[self.at : self.at + length]))
                self.at += length
            elif tag in (3, 4):
                pool.append((tag, self.take(">i")[0]))
            elif tag in (5, 6):
                pool += [(tag, self.take(">q")[0]), None]
            elif tag in (7, 8, 16, 19, 20):
                pool.append((tag, self.u2()))
            elif tag in (9, 10, 11, 12, 17, 18):
                pool.append((tag, *self.take(">HH")))
            elif tag == 15:
                pool.append((tag, *self.take(">BH")))
            else:
                raise ValueError(f"constant tag {tag}")
        return pool

    def cls(self, index):
        return self.pool[self.pool[index][1]]

    def ref(self, index):
        """Owner, name and descriptor of a field or method reference."""
        _, owner, name_type = self.pool[index]
        _, name, descriptor = self.pool[name_type]
        return self.cls(owner) if self.pool[index][0] not in (17, 18) else None, self.pool[name], self.pool[descriptor]

    def member(self):
        flags, name, descriptor, count = self.take(">HHHH")
        attributes = {}
        for _ in range(count):
            attribute, length = self.take(">HI")
            attributes[self.pool[attribute]] = self.data[self.at : self.at + length]
            self.at += length
        return flags, self.pool[name], self.pool[descriptor], attributes

    def smali(self):
        out = [f".class {access(self.flags & 0x7611)} {type_name(self.name)}"]
        out.append(f".super {type_name(self.parent or 'java/lang/Object')}")
        out += [f".implements {type_name(i)}" for i in self.interfaces]
        for flags, name, descriptor, attributes in self.fields:
            line = f".field {access(flags & 0x50DF)} {name}:{descriptor}"
            if "ConstantValue" in attributes and flags & 8:
                tag, value = self.pool[struct.unpack(">H", attributes["ConstantValue"])[0]]
                if tag == 8:
                    line += f" = {quote(self.pool[value])}"
                elif tag == 3 and descriptor == "I":
                    line += f" = {value}"
            out.append(line)
        for method in self.methods:
            out += self.method(*method)
        return "\n".join(out) + "\n"

    def method(self, flags, name, descriptor, attributes):
        kind = "constructor " if name in ("<init>", "<clinit>") else ""
        out = [f".method {access(flags & 0x1DFF, True)} {kind}{name}{descriptor}"]
        if "Code" in attributes:
            try:
                out += Body(self, flags, descriptor, attributes["Code"]).lines()
            except (KeyError, IndexError, struct.error, ValueError) as error:
                out += [".registers 20", f"# not converted: {error!r}", "return-void"]
        return [*out, ".end method"]


def access(flags, method=False):
    names = {1: "public", 2: "private", 4: "protected", 8: "static", 0x10: "final", 0x200: "interface", 0x400: "abstract",
             0x1000: "synthetic", 0x4000: "enum"}
    names |= {0x20: "synchronized", 0x40: "bridge", 0x80: "varargs", 0x100: "native"} if method else {0x40: "volatile", 0x80: "transient"}
    return " ".join(word for bit, word in names.items() if flags & bit)


class Body:
    """One method: a register for each local variable, then one for each place of the stack, then the parameters."""

    def __init__(self, cls, flags, descriptor, attribute):
        self.cls = cls
        stack, self.locals, length = struct.unpack_from(">HHI", attribute)
        self.code = attribute[8 : 8 + length]
        count = struct.unpack_from(">H", attribute, 8 + length)[0]
        handlers = [struct.unpack_from(">4H", attribute, 10 + length + 8 * i) for i in range(count)]
        self.depths = {handler: 1 for _, _, handler, _ in handlers}
        self.handlers = set(self.depths)
        params, self.result = split_descriptor(descriptor)
        self.params = ([] if flags & 8 else ["L"]) + params
        taken = sum(size(p) for p in self.params)
        self.first_param = self.locals + stack + 2
        self.registers = self.first_param + taken
        self.out, self.targets = [], set()

    def lines(self):
        at = 0
        for kind in self.params:
            self.move(at, self.first_param + at, kind)
            at += size(kind)
        pc, self.depth = 0, 0
        body = []
        while pc < len(self.code):
            if pc in self.depths:
                self.depth = self.depths[pc]
            start = len(self.out)
            if pc in self.handlers and self.depth is not None:
                self.unknown(self.depth - 1)
            length = self.one(pc)
            body.append((pc, self.out[start:]))
            del self.out[start:]
            pc += length
        out = [f".registers {max(self.registers, 1)}", *self.out]
        for pc, lines in body:
            if pc in self.targets:
                out.append(f":l{pc}")
            out += lines
        # Branches need something behind their last label.
        return [*out, "nop", "return-void"]

    def emit(self, line):
        self.out.append(line)

    def move(self, to, source, kind):
        word = "move-wide" if kind in WIDE else "move-object" if kind[0] in "L[" else "move"
        self.emit(f"{word}/16 v{to}, v{source}")

    def slot(self, place):
        return self.locals + place

    def in_byte(self, place):
        """A register that fits eight bits, or None."""
        return self.slot(place) if self.slot(place) < 256 else None

    def set(self, place, line):
        register = self.in_byte(place)
        if register is not None:
            self.emit(line.format(f"v{register}"))

    def unknown(self, place, count=1):
        for i in range(count):
            self.set(place + i, "move-exception {}")

    def push(self, line, count=1):
        self.set(self.depth, line)
        self.depth += count

    def jump(self, target):
        self.targets.add(target)
        self.depths.setdefault(target, self.depth)

    def one(self, pc):
        code, op = self.code, self.code[pc]
        length = LENGTH.get(op, 1)
        if op in (0xAA, 0xAB):
            return self.switch(pc, op)
        if op == 0xC4:
            wide = code[pc + 1]
            if self.depth is not None and wide != 0x84:
                self.local(wide, struct.unpack_from(">H", code, pc + 2)[0])
            return 6 if wide == 0x84 else 4
        if self.depth is None:
            return length
        u1 = code[pc + 1] if length > 1 else 0
        u2 = struct.unpack_from(">H", code, pc + 1)[0] if length > 2 else 0
        if op == 0x01 or 0x02 <= op <= 0x08:
            self.push(f"const/16 {{}}, {max(op - 3, -1) if op > 1 else 0}")
        elif op in (0x09, 0x0A, 0x0E, 0x0F):
            self.push("const-wide/16 {}, 0", 2)
        elif op in (0x0B, 0x0C, 0x0D):
            self.push("const/16 {}, 0")
        elif op == 0x10:
            self.push(f"const/16 {{}}, {struct.unpack('b', bytes([u1]))[0]}")
        elif op == 0x11:
            self.push(f"const/16 {{}}, {struct.unpack_from('>h', code, pc + 1)[0]}")
        elif op in (0x12, 0x13, 0x14):
            self.constant(u1 if op == 0x12 else u2)
        elif 0x15 <= op <= 0x19 or 0x36 <= op <= 0x3A:
            self.local(op, u1)
        elif 0x1A <= op <= 0x2D:
            self.local(0x15 + (op - 0x1A) // 4, (op - 0x1A) % 4)
        elif 0x3B <= op <= 0x4E:
            self.local(0x36 + (op - 0x3B) // 4, (op - 0x3B) % 4)
        elif op in FIXED:
            pops, pushes = FIXED[op]
            self.depth -= pops
            self.unknown(self.depth, pushes)
            self.depth += pushes
        elif op in (0x57, 0x58):
            self.depth -= op - 0x56
        elif 0x59 <= op <= 0x5F:
            self.shuffle(op)
        elif op == 0x84:
            if u1 < 256:
                self.emit(f"move-exception v{u1}")
        elif 0x99 <= op <= 0xA6 or op in (0xC6, 0xC7):
            self.depth -= 2 if 0x9F <= op <= 0xA6 else 1
            target = pc + struct.unpack_from(">h", code, pc + 1)[0]
            self.jump(target)
            self.set(self.depth, f"if-eqz {{}}, :l{target}")
        elif op in (0xA7, 0xC8):
            target = pc + struct.unpack_from(">h" if op == 0xA7 else ">i", code, pc + 1)[0]
            self.jump(target)
            self.emit(f"goto/32 :l{target}")
            self.depth = None
        elif 0xAC <= op <= 0xB1:
            if op == 0xB1:
                self.emit("return-void")
            else:
                wide = op in (0xAD, 0xAF)
                self.depth -= 2 if wide else 1
                self.set(self.depth, ("return-wide" if wide else "return-object" if op == 0xB0 else "return") + " {}")
            self.depth = None
        elif op == 0xBF:
            self.depth -= 1
            self.set(self.depth, "throw {}")
            self.depth = None
        elif 0xB2 <= op <= 0xB5:
            self.field(op, u2)
        elif 0xB6 <= op <= 0xBA:
            self.call(op, u2)
        elif op == 0xBB:
            self.push(f"new-instance {{}}, {type_name(self.cls.cls(u2))}")
        elif op in (0xBC, 0xBD):
            self.unknown(self.depth - 1)
        elif op == 0xC0:
            self.set(self.depth - 1, f"check-cast {{}}, {type_name(self.cls.cls(u2))}")
        elif op == 0xC1:
            self.unknown(self.depth - 1)
        elif op == 0xC5:
            self.depth -= code[pc + 3] - 1
            self.unknown(self.depth - 1)
        elif op != 0:
            raise ValueError(f"opcode {op:#x}")
        return length

    def local(self, op, number):
        load = op < 0x36
        kind = "IJFDL"[op - (0x15 if load else 0x36)]
        if load:
            self.move(self.slot(self.depth), number, kind)
            self.depth += size(kind)
        else:
            self.depth -= size(kind)
            self.move(number, self.slot(self.depth), kind)

    def constant(self, index):
        tag, value = self.cls.pool[index][:2]
        if tag == 8:
            self.push(f"const-string/jumbo {{}}, {quote(self.cls.pool[value])}")
        elif tag in (3, 4):
            self.push(f"const {{}}, {value}")
        elif tag == 7:
            self.push(f"const-class {{}}, {type_name(self.cls.pool[value])}")
        elif tag in (5, 6):
            self.push(f"const-wide {{}}, {value}L", 2)
        else:
            self.unknown(self.depth)
            self.depth += 1

    def shuffle(self, op):
        """Rearranges the top of the stack: what it holds, from below, and what it then holds, as places of the former."""
        takes, gives = {
            0x59: (1, [0, 0]), 0x5A: (2, [1, 0, 1]), 0x5B: (3, [2, 0, 1, 2]), 0x5C: (2, [0, 1, 0, 1]),
            0x5D: (3, [1, 2, 0, 1, 2]), 0x5E: (4, [2, 3, 0, 1, 2, 3]), 0x5F: (2, [1, 0]),
        }[op]
        base = self.depth - takes
        # The parameters were moved away at the beginning; the two registers before them are free, those behind may not suffice.
        if op == 0x59:
            self.move(self.slot(base + 1), self.slot(base), "L")
        else:
            for i in reversed(range(takes)):
                self.move(self.slot(base + i + len(gives) - takes), self.slot(base + i), "L")
            shift = len(gives) - takes
            for place in range(shift):
                self.move(self.slot(base + place), self.slot(base + shift + gives[place]), "L")
            if op == 0x5F:
                self.unknown(base, 2)
        self.depth = base + len(gives)

    def field(self, op, index):
        owner, name, descriptor = self.cls.ref(index)
        width = size(descriptor)
        kind = {"J": "-wide", "D": "-wide", "Z": "-boolean", "B": "-byte", "C": "-char", "S": "-short"}.get(descriptor, "")
        kind = "-object" if descriptor[0] in "L[" else kind
        place = f"{type_name(owner)}->{name}:{descriptor}"
        if op == 0xB2:
            self.push(f"sget{kind} {{}}, {place}", width)
        elif op == 0xB3:
            self.depth -= width
            self.set(self.depth, f"sput{kind} {{}}, {place}")
        elif op == 0xB4:
            self.depth -= 1
            self.unknown(self.depth, width)
            self.depth += width
        else:
            self.depth -= width + 1

    def call(self, op, index):
        owner, name, descriptor = self.cls.ref(index)
        params, result = split_descriptor(descriptor)
        taken = sum(size(p) for p in params) + (0 if op in (0xB8, 0xBA) else 1)
        self.depth -= taken
        if op == 0xBA:
            self.unknown(self.depth, size(result))
        else:
            word = {0xB6: "virtual", 0xB7: "direct", 0xB8: "static", 0xB9: "interface"}[op]
            if op == 0xB7 and name != "<init>" and owner != self.cls.name:
                word = "super"
            first, last = self.slot(self.depth), self.slot(self.depth + taken - 1)
            registers = f"{{v{first} .. v{last}}}" if taken else "{}"
            form = "/range" if taken else ""
            self.emit(f"invoke-{word}{form} {registers}, {type_name(owner)}->{name}{descriptor}")
            if result != "V":
                kind = "-wide" if result in WIDE else "-object" if result[0] in "L[" else ""
                self.set(self.depth, f"move-result{kind} {{}}")
            if name == "<init>" and taken:
                # The new object lies once more below its constructor's arguments.
                self.move(self.slot(self.depth - 1), first, "L") if self.depth > 0 else None
        self.depth += size(result)

    def switch(self, pc, op):
        at = (pc + 4) & ~3
        default, first = struct.unpack_from(">ii", self.code, at)
        if op == 0xAA:
            count = struct.unpack_from(">i", self.code, at + 8)[0] - first + 1
            length, offsets = 12 + 4 * count, struct.unpack_from(f">{count}i", self.code, at + 12)
        else:
            length, offsets = 8 + 8 * first, struct.unpack_from(f">{2 * first}i", self.code, at + 8)[1::2]
        if self.depth is not None:
            self.depth -= 1
            for offset in (default, *offsets):
                self.depths.setdefault(pc + offset, self.depth)
            self.depth = None
        return at + length - pc
