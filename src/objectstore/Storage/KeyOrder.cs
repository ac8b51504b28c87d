namespace Esb.ObjectStore.Storage;

/// <summary>
/// Compares keys in the order of their UTF-8 bytes, which is what S3 lists in. UTF-16 order differs from it only in that
/// surrogates (characters from U+10000) have to come after U+E000 to U+FFFF.
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
