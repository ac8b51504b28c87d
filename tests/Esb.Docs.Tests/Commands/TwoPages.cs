using TUnit.Core.Interfaces;

namespace Esb.Docs.Tests.Commands;

/// <summary>Each page has its own platform; more than two at a time would only wait for each other.</summary>
internal sealed class TwoPages : IParallelLimit
{
    public int Limit => 2;
}
