namespace Esb.Objects.Storage;

/// <summary>
/// Compares keys by their UTF-8 bytes, which is the order of S3's listings. UTF-16 order differs only in that
/// surrogates (characters from U+10000 on) must come after U+E000 to U+FFFF.
/// </summary>
internal static class KeyOrder
{
    public static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var same = left.CommonPrefixLength(right);
        return same == left.Length || same == right.Length
            ? left.Length.CompareTo(right.Length)
            : Rank(left[same]).CompareTo(Rank(right[same]));
    }

    private static int Rank(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;
}
