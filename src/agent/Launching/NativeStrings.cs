using System.Runtime.InteropServices;

namespace Esb.Agent.Launching;

/// <summary>A NULL-terminated array of NUL-terminated strings, the form that execve and posix_spawn take.</summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    private readonly int _count;

    public NativeStrings(IReadOnlyCollection<string> strings)
    {
        _count = strings.Count;
        Pointer = (byte**)NativeMemory.AllocZeroed((nuint)(_count + 1), (nuint)sizeof(byte*));
        var i = 0;
        foreach (var text in strings)
            Pointer[i++] = (byte*)Marshal.StringToCoTaskMemUTF8(text);
    }

    public byte** Pointer { get; }

    public void Dispose()
    {
        for (var i = 0; i < _count; i++)
            Marshal.FreeCoTaskMem((nint)Pointer[i]);
        NativeMemory.Free(Pointer);
    }
}
