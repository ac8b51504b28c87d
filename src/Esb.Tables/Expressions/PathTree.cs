namespace Esb.Tables.Expressions;

/// <summary>A tree of paths that share their beginnings. Each path ends in a node with a leaf.</summary>
/// <typeparam name="T">The type of the data at the end of each path.</typeparam>
internal sealed class PathTree<T>
    where T : class
{
    private readonly Dictionary<string, PathTree<T>> members = [];

    private readonly SortedDictionary<int, PathTree<T>> elements = [];

    /// <summary>The data of the path that ends here, or null if none does.</summary>
    public T? Leaf { get; private set; }

    /// <summary>The nodes of the members of a map.</summary>
    public IReadOnlyDictionary<string, PathTree<T>> Members => members;

    /// <summary>The nodes of the elements of a list, in order.</summary>
    public IReadOnlyDictionary<int, PathTree<T>> Elements => elements;

    /// <summary>Adds a path.</summary>
    public void Add(AttributePath path, T leaf)
    {
        var node = Member(path.Root);
        foreach (var step in path.Steps)
            node = step is ElementStep element ? node.Element(element.Index) : node.Member(((MemberStep)step).Name);
        node.Leaf = leaf;
    }

    private PathTree<T> Member(string name)
    {
        if (!members.TryGetValue(name, out var child))
            members[name] = child = new PathTree<T>();
        return child;
    }

    private PathTree<T> Element(int index)
    {
        if (!elements.TryGetValue(index, out var child))
            elements[index] = child = new PathTree<T>();
        return child;
    }
}
