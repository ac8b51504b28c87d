using Esb.Tables.Errors;

namespace Esb.Tables.Expressions;

/// <summary>Checks the paths of expressions against the key attributes, which are scalars.</summary>
public static class KeyPaths
{
    /// <summary>Fails if a path leads into a key attribute.</summary>
    /// <param name="paths">The paths of an expression.</param>
    /// <param name="keys">The key attributes.</param>
    /// <param name="isIndex">Whether they are the keys of an index.</param>
    /// <exception cref="TableException">A path leads into a key attribute.</exception>
    public static void RequireScalars(IEnumerable<AttributePath> paths, IEnumerable<string> keys, bool isIndex)
    {
        var entered = paths.Where(path => path.Steps.Count > 0).Select(path => path.Root).ToHashSet();
        if (keys.FirstOrDefault(entered.Contains) is { } key)
            throw TableException.Validation(
                "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: "
                    + $"{(isIndex ? "IndexKey" : "Key")}: {key}");
    }
}
