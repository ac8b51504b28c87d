using System.Buffers.Binary;

namespace Esb.Dynalite.LevelDb;

/// <summary>Reads the fragments of a log one by one, up to the first one that is damaged or not complete.</summary>
internal sealed class FragmentReader(string path) : IDisposable
{
    private const int BlockSize = 32 * 1024;
    private const int HeaderSize = 7;
    private const int TypeAt = 6;

    private readonly FileStream _file = new(
        path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    private readonly byte[] _block = new byte[BlockSize];
    private long _blockStart;
    private int _filled;
    private int _next;
    private bool _isLastBlock;

    /// <summary>Why there are no more fragments; null at the proper end of the log.</summary>
    public LogProblem? Problem { get; private set; }

    /// <summary>The next fragment; null at the end, or at a fragment that cannot be read.</summary>
    public Fragment? Next()
    {
        while (_filled - _next < HeaderSize)
        {
            if (_isLastBlock)
                return _filled == _next ? null : Stop("the header of a record is not complete", isUnfinished: true);
            ReadBlock();
        }

        var rest = _block.AsMemory(_next, _filled - _next);
        var length = LengthOf(rest.Span);
        if (length > rest.Length - HeaderSize)
            return Stop("a record is not complete", isUnfinished: _isLastBlock);
        var type = rest.Span[TypeAt];
        if (type == 0 && length == 0)
            return Stop("there are zeros in place of a record", isUnfinished: true);
        if (!IsIntact(rest.Span, length))
            return Stop("the checksum of a record does not match", isUnfinished: false);
        if (type > (int)FragmentType.Last)
            throw new DamageException(path, _blockStart + _next, $"a record has the unknown type {type}");
        var fragment = new Fragment(
            (FragmentType)type, _blockStart + _next, rest.Slice(HeaderSize, length));
        _next += HeaderSize + length;
        return fragment;
    }

    /// <summary>
    /// Whether anything intact follows the fragment that could not be read. Its length may be damaged as well, so every
    /// position is tried.
    /// </summary>
    public bool IsFollowedByIntact()
    {
        for (_next++; ; _next++)
        {
            while (_filled - _next < HeaderSize)
            {
                if (_isLastBlock)
                    return false;
                ReadBlock();
            }

            var rest = _block.AsSpan(_next, _filled - _next);
            var length = LengthOf(rest);
            if (rest[TypeAt] is > 0 and <= (int)FragmentType.Last
                && length <= rest.Length - HeaderSize
                && IsIntact(rest, length))
                return true;
        }
    }

    public void Dispose() => _file.Dispose();

    private static int LengthOf(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt16LittleEndian(header[4..]);

    // The checksum covers the type and the content.
    private static bool IsIntact(ReadOnlySpan<byte> fragment, int length) => Checksum.Matches(
        BinaryPrimitives.ReadUInt32LittleEndian(fragment), fragment.Slice(TypeAt, 1 + length));

    private void ReadBlock()
    {
        _blockStart += _filled;
        _filled = _file.ReadAtLeast(_block, BlockSize, throwOnEndOfStream: false);
        _next = 0;
        _isLastBlock = _filled < BlockSize;
    }

    private Fragment? Stop(string problem, bool isUnfinished)
    {
        Problem = new LogProblem(_blockStart + _next, problem, isUnfinished);
        return null;
    }
}
