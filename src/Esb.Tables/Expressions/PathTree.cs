namespace Esb.Tables.Expressions;

/// <summary>Paths that share their beginnings. What stands at the end of a path is a leaf.</summary>
/// <typeparam name="T">What belongs to each path.</typeparam>
internal sealed class PathTree<T>
    where T : class
{
    private readonly Dictionary<string, PathTree<T>> members = [];

    private readonly SortedDictionary<int, PathTree<T>> elements = [];

    /// <summary>What belongs to the path that ends here, if one does.</summary>
    public T? Leaf { get; private set; }

    /// <summary>The ways on within a map.</summary>
    public IReadOnlyDictionary<string, PathTree<T>> Members => members;

    /// <summary>The ways on within a list, in order.</summary>
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
