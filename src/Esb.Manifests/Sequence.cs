using System.Collections;
using System.Runtime.CompilerServices;

namespace Esb.Manifests;

/// <summary>
/// An immutable list that equals another one with equal items in the same order, so that records that hold it can be
/// compared.
/// </summary>
[CollectionBuilder(typeof(Sequence), nameof(Sequence.Of))]
internal sealed class Sequence<T>(T[] items) : IReadOnlyList<T>, IEquatable<Sequence<T>>
{
    public static readonly Sequence<T> Empty = new([]);

    public int Count => items.Length;

    public T this[int index] => items[index];

    public bool Equals(Sequence<T>? other) => other is not null && this.SequenceEqual(other);

    public override bool Equals(object? obj) => Equals(obj as Sequence<T>);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in items)
            hash.Add(item);
        return hash.ToHashCode();
    }

    public override string ToString() => $"[{string.Join(", ", items)}]";

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Creates sequences.</summary>
internal static class Sequence
{
    public static Sequence<T> Of<T>(ReadOnlySpan<T> items) => new(items.ToArray());
}
