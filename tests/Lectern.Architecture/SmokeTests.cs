namespace Lectern.Architecture;
public class SmokeTests { [Fact] public void Runs() => Assert.True(true); }
