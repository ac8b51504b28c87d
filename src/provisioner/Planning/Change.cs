using Esb.Manifests;

namespace Esb.Provisioner.Planning;

/// <summary>One call that changes a store. Two equal changes request the same thing.</summary>
/// <param name="Property">CloudFormation's name of the property in the manifest that requires the change.</param>
internal abstract record Change(string Property)
{
    /// <summary>
    /// The text for people: <c>+ index by-day</c>, <c>~ TimeToLiveSpecification: off → expires</c>.
    /// </summary>
    public abstract string Text { get; }
}
