using System.Buffers;

namespace Esb.Gateway.Responses;

/// <summary>What has come of a prelude.</summary>
internal enum PreludeForm
{
    /// <summary>Not all of it.</summary>
    Incomplete,

    /// <summary>All of it.</summary>
    Complete,

    /// <summary>What is no prelude, or none that can be sent.</summary>
    Malformed,
}

/// <summary>Gathers the prelude of a streamed answer from the parts in which it comes.</summary>
internal sealed class PreludeReader
{
    /// <summary>Nobody has that many headers; more is not a prelude.</summary>
    public const int MaxBytes = 256 * 1024;

    private static readonly byte[] End = new byte[8];

    private readonly ArrayBufferWriter<byte> _held = new();

    /// <summary>To be used when it is complete.</summary>
    public FunctionResponse Head { get; private set; }

    /// <summary>Takes what comes next.</summary>
    /// <param name="bytes">As written by the function.</param>
    /// <param name="body">What follows the prelude, when it is complete.</param>
    public PreludeForm Take(ReadOnlySequence<byte> bytes, out ReadOnlySequence<byte> body)
    {
        body = default;
        // The end may have begun in what has come before.
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
