#!/usr/bin/env python3
"""Compares classes and call sites with androguard: with_androguard.py CODE_FACTS APK...

CODE_FACTS is the built example (target/release/examples/code_facts). Written against androguard 4.1.3 from PyPI.

Call sites are compared for the methods in APIS: those that are graded direct or context whatever their arguments, so that
every call is listed, and that androguard finds under the framework's own class (it does not resolve inherited receivers).
"""
import collections
import subprocess
import sys
import time

from androguard.core.apk import APK
from androguard.core.dex import DEX
from loguru import logger

logger.remove()

APIS = """
Landroid/telephony/TelephonyManager;->getDeviceId Landroid/telephony/TelephonyManager;->getImei
Landroid/telephony/TelephonyManager;->getSubscriberId Landroid/telephony/TelephonyManager;->getSimSerialNumber
Landroid/telephony/TelephonyManager;->getLine1Number Landroid/telephony/TelephonyManager;->getSimOperatorName
Landroid/telephony/TelephonyManager;->getNetworkOperatorName Landroid/telephony/TelephonyManager;->getAllCellInfo
Landroid/os/Build;->getSerial Landroid/net/wifi/WifiInfo;->getMacAddress Landroid/net/wifi/WifiInfo;->getSSID
Landroid/net/wifi/WifiInfo;->getBSSID Landroid/net/wifi/WifiManager;->getScanResults
Landroid/net/wifi/WifiManager;->getConnectionInfo Ljava/net/NetworkInterface;->getHardwareAddress
Ljava/net/NetworkInterface;->getNetworkInterfaces Landroid/location/LocationManager;->getLastKnownLocation
Landroid/location/LocationManager;->requestLocationUpdates Landroid/location/Location;->getLatitude
Landroid/content/pm/PackageManager;->getInstalledPackages Landroid/content/pm/PackageManager;->getInstalledApplications
Landroid/app/ActivityManager;->getRunningAppProcesses Landroid/app/ActivityManager;->getRunningTasks
Landroid/content/ClipboardManager;->getPrimaryClip Landroid/hardware/Camera;->open
Landroid/hardware/camera2/CameraManager;->openCamera Landroid/media/MediaRecorder;->setAudioSource
Landroid/media/AudioRecord;->startRecording Landroid/accounts/AccountManager;->getAccounts
Landroid/os/Environment;->getExternalStorageDirectory Landroid/hardware/SensorManager;->registerListener
Landroid/telephony/SmsManager;->sendTextMessage Landroid/telephony/SmsMessage;->getMessageBody
Landroid/bluetooth/BluetoothAdapter;->getBondedDevices Landroid/bluetooth/BluetoothDevice;->getAddress
Landroid/view/accessibility/AccessibilityNodeInfo;->getText
""".split()


def dotted(descriptor):
    return descriptor[1:-1].replace("/", ".")


def androguard(path):
    classes, calls = set(), collections.Counter()
    package = APK(path)
    for name in package.get_dex_names():
        dex = DEX(package.get_file(name))
        wanted = {}
        for cls in dex.get_classes():
            classes.add(dotted(cls.get_name()))
            for method in cls.get_methods():
                for insn in method.get_instructions():
                    if not insn.get_name().startswith("invoke-") or insn.get_op_value() >= 0xFA:
                        continue
                    index = insn.get_ref_kind()
                    if index not in wanted:
                        class_name, name_of, _ = dex.get_cm_method(index)
                        key = f"{class_name}->{name_of}"
                        wanted[index] = key if key in APIS else None
                    if wanted[index]:
                        calls[(wanted[index], dotted(cls.get_name()), method.get_name(), name)] += 1
    return classes, calls


def ours(program, path):
    classes, sites = set(), collections.defaultdict(collections.Counter)
    for line in subprocess.run([program, path], check=True, capture_output=True, text=True).stdout.splitlines():
        kind, *rest = line.split("\t")
        if kind == "class":
            classes.add(rest[0])
        elif kind == "call" and rest[1] in APIS and rest[2] != "weak":
            # One call can tell several items: count each item's sites, and take the most.
            sites[(rest[1], rest[3], rest[4], rest[5])][rest[0]] += 1
    return classes, collections.Counter({site: max(items.values()) for site, items in sites.items()})


def main():
    program, *packages = sys.argv[1:]
    different = 0
    for path in packages:
        start = time.perf_counter()
        classes, calls = androguard(path)
        middle = time.perf_counter()
        our_classes, our_calls = ours(program, path)
        end = time.perf_counter()
        print(
            f"{path.rsplit('/', 1)[-1]}: {len(classes)} classes, {'equal' if classes == our_classes else 'DIFFERENT'};"
            f" {sum(calls.values())} calls, {'equal' if calls == our_calls else 'DIFFERENT'};"
            f" {middle - start:.2f} s against {end - middle:.3f} s"
        )
        for what, one, other in (("androguard only", calls, our_calls), ("here only", our_calls, calls)):
            for site in sorted((one - other).keys()):
                print(f"  {what}: {' '.join(site)}")
        different += classes != our_classes or calls != our_calls
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
