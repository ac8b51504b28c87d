namespace Esb.Cli.Staging.Contents;

/// <summary>
/// A pattern for paths: <c>*</c> and <c>?</c> within a step, <c>**/</c> for any number of steps, <c>**</c> for
/// anything. Matching reads a path only once, whatever the pattern is, and creating a pattern is cheap.
/// </summary>
internal sealed class PathPattern
{
    private readonly Part[] _parts;
    private readonly bool _fromTheTop;

    // Most paths are decided by the end of the pattern, or by their last step.
    private readonly string _ending;
    private readonly bool _isLastStep;

    /// <param name="glob">The pattern.</param>
    /// <param name="fromTheTop">Whether the pattern must match from the first step; otherwise a match may begin at any
    /// step.</param>
    public PathPattern(string glob, bool fromTheTop)
    {
        _fromTheTop = fromTheTop;
        List<Part> parts = [];
        for (var i = 0; i < glob.Length; i++)
        {
            if (string.CompareOrdinal(glob, i, "**/", 0, 3) == 0)
            {
                parts.AddRange([new Part(PartKind.NoStepOrMore), new Part(PartKind.Steps)]);
                i += 2;
            }
            else if (string.CompareOrdinal(glob, i, "**", 0, 2) == 0)
            {
                parts.Add(new Part(PartKind.Anything));
                i++;
            }
            else
            {
                parts.Add(glob[i] switch
                {
                    '*' => new Part(PartKind.WithinStep),
                    '?' => new Part(PartKind.One),
                    var c => new Part(PartKind.Sign, c),
                });
            }
        }

        _parts = [.. parts];
        var signs = parts.AsEnumerable().Reverse().TakeWhile(p => p.Kind == PartKind.Sign).Count();
        _ending = glob[^signs..];
        _isLastStep = !fromTheTop
            && parts.TrueForAll(p => p.Kind is PartKind.Sign or PartKind.One or PartKind.WithinStep);
        _fromTheTop |= _isLastStep;
    }

    private enum PartKind
    {
        /// <summary>This character.</summary>
        Sign,

        /// <summary>Any single character but '/'.</summary>
        One,

        /// <summary>Any number of characters but '/'.</summary>
        WithinStep,

        /// <summary>Any number of characters.</summary>
        Anything,

        /// <summary>The following <see cref="Steps"/> are optional.</summary>
        NoStepOrMore,

        /// <summary>Any characters up to a '/'.</summary>
        Steps,
    }

    /// <param name="path">The path, with '/' between its steps.</param>
    public bool Fits(string path)
    {
        if (!path.EndsWith(_ending, StringComparison.Ordinal))
            return false;
        return Fits(_isLastStep ? path.AsSpan(path.LastIndexOf('/') + 1) : path);
    }

    private bool Fits(ReadOnlySpan<char> path)
    {
        // The parts that may match the next character; the last element is the end of the pattern.
        Span<bool> now = _parts.Length < 256 ? stackalloc bool[_parts.Length + 1] : new bool[_parts.Length + 1];
        Span<bool> next = _parts.Length < 256 ? stackalloc bool[_parts.Length + 1] : new bool[_parts.Length + 1];
        now[0] = true;
        Skip(now);
        for (var i = 0; i < path.Length; i++)
        {
            if (!Take(path[i], now, next) && _fromTheTop)
                return false;
            if (!_fromTheTop && path[i] == '/')
                next[0] = true;
            Skip(next);
            var taken = now;
            now = next;
            next = taken;
        }

        return now[^1];
    }

    // Adds the parts that follow optional parts.
    private void Skip(Span<bool> places)
    {
        for (var i = 0; i < _parts.Length; i++)
        {
            if (!places[i])
                continue;
            if (_parts[i].Kind is PartKind.WithinStep or PartKind.Anything)
                places[i + 1] = true;
            else if (_parts[i].Kind == PartKind.NoStepOrMore)
                places[i + 1] = places[i + 2] = true;
        }
    }

    private bool Take(char c, ReadOnlySpan<bool> now, Span<bool> next)
    {
        next.Clear();
        var any = false;
        for (var i = 0; i < _parts.Length; i++)
        {
            if (!now[i])
                continue;
            var (kind, sign) = _parts[i];
            var isSlash = c == '/';
            var stays = kind is PartKind.Anything or PartKind.Steps || (kind == PartKind.WithinStep && !isSlash);
            var passes = (kind == PartKind.Sign && c == sign)
                || (kind == PartKind.One && !isSlash)
                || (kind == PartKind.Steps && isSlash);
            next[i] |= stays;
            next[i + 1] |= passes;
            any |= stays || passes;
        }

        return any;
    }

    private readonly record struct Part(PartKind Kind, char Sign = '\0');
}
