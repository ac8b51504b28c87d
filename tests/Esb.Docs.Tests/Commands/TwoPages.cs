using TUnit.Core.Interfaces;

namespace Esb.Docs.Tests.Commands;

/// <summary>Each page has a platform of its own; more than two at once would only wait for each other.</summary>
internal sealed class TwoPages : IParallelLimit
{
    public int Limit => 2;
}
