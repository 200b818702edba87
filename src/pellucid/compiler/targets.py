"""The machines that the engine is compiled for: optimises, emits the object file and links it."""

import platform
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import llvmlite.binding as llvm

from pellucid.compiler.intrinsics import CONSTANT


@dataclass(frozen=True)
class Target:
    """A machine: LLVM's triple and processor, and how its library is linked."""

    name: str
    triple: str
    processor: str
    features: str
    relocation: str
    file_name: str
    link: tuple[str, ...]


WASM = Target(
    name="wasm",
    triple="wasm32-unknown-unknown",
    processor="generic",
    features="+simd128,+bulk-memory,+nontrapping-fptoint,+sign-ext,+mutable-globals",
    relocation="static",
    file_name="engine.wasm",
    link=("wasm-ld", "--no-entry", "--import-memory", "--export=__heap_base", "--strip-all", "-O3"),
)

# Oldest processors that are still to be served: x86-64-v2 (2009) has SSE 4.2, every aarch64 has NEON.
PROCESSORS = {"x86_64": "x86-64-v2", "amd64": "x86-64-v2", "aarch64": "generic", "arm64": "generic"}
LIBRARIES = {"linux": "libengine.so", "darwin": "libengine.dylib", "win32": "engine.dll"}


def native() -> Target:
    """Return the machine that this program runs on, with its oldest supported processor."""
    machine = platform.machine().lower()
    if machine not in PROCESSORS or sys.platform not in LIBRARIES:
        known = f"{', '.join(LIBRARIES)} on {', '.join(PROCESSORS)}"
        raise SystemExit(f"no native engine for {sys.platform} on {machine}: known are {known}")
    return Target(
        name="native",
        triple=llvm.get_process_triple(),
        processor=PROCESSORS[machine],
        features="",
        relocation="pic",
        file_name=LIBRARIES[sys.platform],
        link=("cc", "-shared", "-nostdlib", "-s", *(["-Wl,--no-undefined"] if sys.platform == "linux" else [])),
    )


def build(target: Target, module_text: str, exports: list[str], directory: Path) -> Path:
    """Optimise a module for a target and link it; return the path of the library."""
    llvm.initialize_all_targets()
    llvm.initialize_all_asmprinters()
    machine = llvm.Target.from_triple(target.triple).create_target_machine(
        cpu=target.processor, features=target.features, opt=3, reloc=target.relocation, codemodel="default"
    )
    text = re.sub(r"target datalayout = .*", f'target datalayout = "{machine.target_data}"', module_text)
    text = re.sub(r"target triple = .*", f'target triple = "{target.triple}"', text)
    text = define_constants(text, target)
    for name in exports:
        text = text.replace(f"@pellucid_{name}(", f"@{name}(" if target.name == "wasm" else f"@pellucid_{name}(")
    module = llvm.parse_assembly(text)
    module.verify()
    optimise(module, machine)
    needed = [f.name for f in module.functions if f.is_declaration and not f.name.startswith("llvm.")]
    if needed:
        raise SystemExit(f"the engine may call nothing outside itself, but it calls {', '.join(needed)}")
    objects = directory / f"engine-{target.name}.o"
    objects.write_bytes(machine.emit_object(module))
    library = directory / target.file_name
    symbols = [f"--export={name}" for name in exports] if target.name == "wasm" else []
    linker = [sys.executable, "-m", "ziglang", target.link[0]]
    subprocess.run([*linker, str(objects), "-o", str(library), *target.link[1:], *symbols], check=True)
    objects.unlink()
    return library


def define_constants(text: str, target: Target) -> str:
    """Define the functions that return constants.

    JavaScript engines put a vector constant together anew at every use, in three instructions. So WebAssembly loads
    constants from memory, once before a loop: from a variable that LLVM must not look into, since it is weak.
    """

    def definition(match: re.Match[str]) -> str:
        bits = match[1]
        value = f"bitcast (i32 {int(bits, 16)} to float)"
        if target.name != "wasm":
            return f"define internal float @{CONSTANT}{bits}() alwaysinline {{\n  ret float {value}\n}}"
        return (
            f"@pellucid.value.{bits} = weak dso_local global float {value}\n"
            f"define internal float @{CONSTANT}{bits}() alwaysinline {{\n"
            f"  %value = load float, ptr @pellucid.value.{bits}, !invariant.load !{{}}\n  ret float %value\n}}"
        )

    return re.sub(rf"declare float @{re.escape(CONSTANT)}(\w+)\(\).*", definition, text)


def optimise(module: llvm.ModuleRef, machine: llvm.TargetMachine) -> None:
    """Run LLVM's passes: -O3 with four lanes at a time.

    Interleaving and unrolling are off: with 8 or 16 values a turn, small networks would spend their time in the
    remainder, and the code would be larger.
    """
    tuning = llvm.create_pipeline_tuning_options(speed_level=3)
    tuning.loop_vectorization = tuning.slp_vectorization = True
    tuning.loop_interleaving = tuning.loop_unrolling = False
    builder = llvm.create_pass_builder(machine, tuning)
    builder.getModulePassManager().run(module, builder)
