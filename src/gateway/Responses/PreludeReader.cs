using System.Buffers;

namespace Esb.Gateway.Responses;

/// <summary>The state of a prelude.</summary>
internal enum PreludeForm
{
    /// <summary>The prelude is incomplete.</summary>
    Incomplete,

    /// <summary>The prelude is complete.</summary>
    Complete,

    /// <summary>The prelude is invalid.</summary>
    Malformed,
}

/// <summary>Collects the prelude of a streamed answer from its parts.</summary>
internal sealed class PreludeReader
{
    /// <summary>The size limit, which is larger than any real headers; a longer text is not a prelude.</summary>
    public const int MaxBytes = 256 * 1024;

    private static readonly byte[] End = new byte[8];

    private readonly ArrayBufferWriter<byte> _held = new();

    /// <summary>The head of the answer; valid only when the prelude is complete.</summary>
    public FunctionResponse Head { get; private set; }

    /// <summary>Adds the next bytes.</summary>
    /// <param name="bytes">The function's output.</param>
    /// <param name="body">The bytes after the prelude, when it is complete.</param>
    public PreludeForm Take(ReadOnlySequence<byte> bytes, out ReadOnlySequence<byte> body)
    {
        body = default;
        // The end mark may have begun in the earlier bytes.
        var searched = Math.Max(0, _held.WrittenCount - End.Length + 1);
        foreach (var part in bytes)
            _held.Write(part.Span);
        var found = _held.WrittenSpan[searched..].IndexOf(End);
        if (found < 0)
            return _held.WrittenCount > MaxBytes ? PreludeForm.Malformed : PreludeForm.Incomplete;
        var end = searched + found;
        if (end > MaxBytes || HttpPrelude.Parse(_held.WrittenMemory[..end]) is not { } head)
            return PreludeForm.Malformed;
        Head = head;
        body = new ReadOnlySequence<byte>(_held.WrittenMemory[(end + End.Length)..]);
        return PreludeForm.Complete;
    }
}
