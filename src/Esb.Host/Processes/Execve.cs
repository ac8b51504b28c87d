using System.Collections;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Esb.Host.Processes;

/// <summary>
/// Replaces this process with another program, with the same process id and descriptors. Source: execve(2).
/// </summary>
public static unsafe partial class Execve
{
    /// <param name="executable">An absolute path.</param>
    /// <param name="arguments">Passed unchanged.</param>
    /// <param name="changes">Changes to the environment; null removes a variable.</param>
    /// <exception cref="IOException">The program cannot be executed; this process continues.</exception>
    [DoesNotReturn]
    public static void Run(
        string executable,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string?> changes)
    {
        var path = Marshal.StringToCoTaskMemUTF8(executable);
        _ = Execute(
            (byte*)path,
            Strings([executable, .. arguments]),
            Strings([.. Environment(changes).Select(v => $"{v.Key}={v.Value}")]));
        throw new IOException(
            $"{executable} cannot be run: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
    }

    private static Dictionary<string, string> Environment(IReadOnlyDictionary<string, string?> changes)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
            environment[(string)variable.Key] = (string)variable.Value!;
        foreach (var (name, value) in changes)
        {
            if (value is null)
                environment.Remove(name);
            else
                environment[name] = value;
        }

        return environment;
    }

    // Never freed: either the program's memory is replaced, or the process ends with an error.
    private static byte** Strings(IReadOnlyList<string> texts)
    {
        var array = (byte**)NativeMemory.AllocZeroed((nuint)texts.Count + 1, (nuint)sizeof(byte*));
        for (var i = 0; i < texts.Count; i++)
            array[i] = (byte*)Marshal.StringToCoTaskMemUTF8(texts[i]);
        return array;
    }

    [LibraryImport("libc", EntryPoint = "execve", SetLastError = true)]
    private static partial int Execute(byte* path, byte** arguments, byte** environment);
}
